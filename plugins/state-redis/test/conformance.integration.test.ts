import { randomUUID } from 'node:crypto';
import { systemClock, systemRandom } from '@postrider/core';
import type { SharedState } from '@postrider/resilience';
import { describeSharedStateConformance } from '@postrider/resilience/testing';
import { requireService } from '@postrider/test-support';
import { afterAll, describe, it } from 'vitest';
import { createRedisState, type RedisState } from '../src/redis-state.js';

const redis = requireService('redis', import.meta.url);
const opened: RedisState[] = [];
const prefixes = new Map<SharedState, string>();

async function open(keyPrefix: string): Promise<SharedState> {
  // A busy machine may take its time, and a fallback would pass for the store.
  const options = { url: redis.url, keyPrefix, timeoutMs: 5000, connectTimeoutMs: 5000 };
  const state = createRedisState(options, { clock: systemClock, random: () => systemRandom.next() });
  opened.push(state);
  prefixes.set(state, keyPrefix);
  await state.connect();
  return state;
}

describe.skipIf(!redis.available)('on a server', () => {
  describeSharedStateConformance(
    {
      name: 'redis',
      capabilities: { shared: true },
      unitMs: 100,
      create: () => open(`test-${randomUUID()}`),
      openAnother: (state) => open(prefixes.get(state) ?? ''),
      nowMs: () => systemClock.nowMs(),
      advance: (delayMs) => systemClock.sleep({ delayMs }),
      close: async () => void (await Promise.all(opened.map((state) => state.close()))),
    },
    { describe, it, afterAll },
  );
});
