import { isPostriderError } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../memory/memory-cache.js';
import { describeCacheConformance } from './cache-conformance/describe-cache-conformance.js';
import { createChaosCache } from './chaos-cache.js';
import { createMemoryHarness } from './memory-harness.js';

// Without rates it must be the cache itself.
describeCacheConformance(
  { ...createMemoryHarness({ wrap: (cache) => createChaosCache(cache, { seed: 1 }) }), name: 'chaos without trouble' },
  { describe, it, beforeAll, afterAll },
);

async function history(seed: number): Promise<unknown[]> {
  const cache = createChaosCache(createMemoryCache(), { seed, failureRate: 0.3, garbleRate: 0.3 });
  const outcomes: unknown[] = [];
  for (let call = 0; call < 60; call += 1) {
    const result = call % 2 === 0 ? cache.set('key', { value: { call } }) : cache.get('key');
    outcomes.push(await result.catch(String));
  }
  return outcomes;
}

describe('the chaos cache', () => {
  it('makes the same trouble for the same seed, and other trouble for another', async () => {
    expect(await history(1)).toEqual(await history(1));
    expect(await history(1)).not.toEqual(await history(2));
  });

  it('rejects with CACHE_UNAVAILABLE at the rate it is told, sometimes after the call took effect', async () => {
    const inner = createMemoryCache();
    const cache = createChaosCache(inner, { seed: 7, failureRate: 0.5 });
    let failures = 0;
    let tookEffect = 0;
    for (let call = 0; call < 400; call += 1) {
      const error = await cache.set('key', { value: call }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue;
      expect(isPostriderError(error, 'CACHE_UNAVAILABLE')).toBe(true);
      failures += 1;
      if ((await inner.get('key')) === call) tookEffect += 1;
    }
    expect(failures).toBeGreaterThan(150);
    expect(failures).toBeLessThan(250);
    expect(tookEffect).toBeGreaterThan(failures / 4);
    expect(tookEffect).toBeLessThan((failures * 3) / 4);
  });

  it('delays by the clock, and a signal ends the delay', async () => {
    const clock = new FakeClock();
    const cache = createChaosCache(createMemoryCache({ clock }), { seed: 1, delayRate: 1, maxDelayMs: 500, clock });
    let done = false;
    const setting = cache.set('key', { value: 1 }).then(() => (done = true));
    await clock.advance(0);
    expect(done).toBe(false);
    await clock.advance(500);
    await setting;
    const controller = new AbortController();
    const getting = cache.get('key', { signal: controller.signal });
    controller.abort(new Error('too slow'));
    await expect(getting).rejects.toThrow('too slow');
    expect(clock.pendingTimers).toBe(0);
  });

  it('garbles what is found, in several ways, and not what is stored', async () => {
    const inner = createMemoryCache();
    const cache = createChaosCache(inner, { seed: 1, garbleRate: 1 });
    const value = { endpoints: ['ep_1'] };
    await cache.set('key', { value });
    const found = new Set<string>();
    for (let call = 0; call < 50; call += 1) found.add(JSON.stringify(await cache.get('key')) ?? 'undefined');
    expect([...found].sort()).toEqual(['"garbled"', String.raw`"{\"endpoints"`, 'undefined', '{}'].sort());
    expect(await inner.get('key')).toBe(value);
  });
});
