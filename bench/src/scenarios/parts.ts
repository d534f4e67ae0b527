import { createMemoryCache } from '@postrider/cache';
import { systemClock } from '@postrider/core';
import { checkUrl, createEgressPolicy } from '@postrider/delivery';
import { createMetrics } from '@postrider/metrics';
import { createBreaker, createRateLimiter } from '@postrider/resilience';
import { LRUCache } from 'lru-cache';
import type { Scenario } from './scenario.ts';

const roundsPerSample = 3;
const callsMax = 200_000;
const now = () => performance.now();
const random = () => Math.random();

export const parts: Scenario = {
  name: 'parts',
  title: 'Parts of the library',
  about:
    'What one call costs, in nanoseconds, without anything around it: a hit of the memory cache minus one of a bare lru-cache in the same round, a breaker asked and told, a unit of a rate limiter, a counter, and the check of an address and its URL. `bench/micro` looks closer.',
  columns: [{ metric: 'ns', label: 'ns' }],
  async run(context) {
    const calls = Math.min(callsMax, context.scale.messages * 20);
    const breaker = createBreaker({ now, random });
    const limiter = createRateLimiter({ ratePerSecond: 1e6, burst: 1e6, now });
    const counter = createMetrics({ clock: systemClock }).counter('webhook_lease_lost_total');
    const policy = createEgressPolicy();
    const synchronous: Readonly<Record<string, () => unknown>> = {
      breaker() {
        const admission = breaker.acquire();
        if (admission.allowed) breaker.record(admission.permit, 'success');
      },
      limiter: () => limiter.tryAcquire(),
      'metric record': () => counter.add(),
      'egress check': () =>
        checkUrl('https://receiver.example:8443/hook?id=1', policy) && policy.allowsAddress('203.0.113.7'),
    };
    const overBare = await createCacheSample(calls);
    for (let round = 0; round < context.scale.rounds * roundsPerSample; round += 1) {
      context.record('cache hit over bare lru-cache', { ns: await overBare() });
      for (const [name, call] of Object.entries(synchronous)) context.record(name, { ns: measure(calls, call) });
    }
  },
};

async function createCacheSample(calls: number): Promise<() => Promise<number>> {
  const keys = Array.from({ length: 1_000 }, (_, index) => `app:app_${String(index).padStart(22, '0')}`);
  const bare = new LRUCache<string, object>({ max: keys.length });
  const cache = createMemoryCache({ maxEntries: keys.length });
  for (const key of keys) {
    bare.set(key, { key });
    await cache.set(key, { value: { key } });
  }
  let index = 0;
  const nextKey = (): string => keys[(index += 1) % keys.length] ?? '';
  return async () => {
    const bareNs = measure(calls, () => bare.get(nextKey()));
    const startedAt = now();
    for (let call = 0; call < calls; call += 1) await cache.get(nextKey());
    return ((now() - startedAt) * 1e6) / calls - bareNs;
  };
}

function measure(calls: number, call: () => unknown): number {
  const startedAt = now();
  for (let n = 0; n < calls; n += 1) call();
  return ((now() - startedAt) * 1e6) / calls;
}
