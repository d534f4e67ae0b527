import type { Application, ApplicationRoutes } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../test/support/scripted-sender.js';
import { RouteCache } from './route-cache.js';

const at = new Date(0);

function routesOf(version: number): ApplicationRoutes {
  const application: Application = {
    id: 'app_1',
    environmentId: 'env_1',
    name: 'Customer',
    metadata: {},
    version,
    createdAt: at,
    updatedAt: at,
  };
  return { application, endpoints: [] };
}

/** A cache over reads that are answered by `load`, numbered from 1. */
function createCache(load: (reads: number) => Promise<ApplicationRoutes | undefined>) {
  const clock = new FakeClock();
  let reads = 0;
  const store = { loadRoutes: () => load((reads += 1)) };
  const cache = new RouteCache({ store, clock }, { ttlMs: 2_000, maxEndpoints: 100 });
  const version = async (): Promise<number | undefined> => (await cache.get('app_1'))?.application.version;
  return { cache, clock, version, reads: () => reads };
}

describe('a route cache', () => {
  it('reads a table once for all who want it at the same time', async () => {
    const gate = createGate<ApplicationRoutes | undefined>();
    const { cache, reads } = createCache(() => gate.promise);
    const wanted = Promise.all([cache.get('app_1'), cache.get('app_1'), cache.get('app_1')]);
    gate.open(routesOf(1));
    const [first, second] = await wanted;
    expect(first).toBe(second);
    expect(first?.application.version).toBe(1);
    expect(reads()).toBe(1);
  });

  it('never hands out a table that is older than its time to live', async () => {
    const { cache, clock, version } = createCache(async (reads) => routesOf(reads));
    expect(await version()).toBe(1);
    await clock.advance(1_400);
    expect(cache.peek('app_1')?.application.version).toBe(1);
    await clock.advance(600);
    expect(cache.peek('app_1')).toBeUndefined();
    expect(await version()).toBe(2);
  });

  it('counts what expired and what made room', async () => {
    const { cache, clock, version } = createCache(async (reads) => routesOf(reads));
    await version();
    await clock.advance(2_000);
    await version();
    expect(cache.stats).toMatchObject({ hits: 0, misses: 2, expirations: 1, evictions: 0 });
    for (let index = 0; index < 100; index += 1) await cache.get(`app_other_${String(index)}`);
    expect(cache.stats).toMatchObject({ expirations: 1, evictions: 1, tables: 100 });
  });

  it('reads a table in use again before it expires, without making anybody wait', async () => {
    const { cache, clock, reads } = createCache(async (count) => routesOf(count));
    await cache.get('app_1');
    await clock.advance(1_500);
    expect(cache.peek('app_1')?.application.version).toBe(1);
    await clock.advance(0);
    expect(cache.peek('app_1')?.application.version).toBe(2);
    expect(reads()).toBe(2);
  });

  it('measures age from the beginning of the read', async () => {
    const gate = createGate<ApplicationRoutes | undefined>();
    const { cache, clock } = createCache((reads) => (reads === 1 ? gate.promise : Promise.resolve(routesOf(2))));
    const first = cache.get('app_1');
    await clock.advance(1_999);
    gate.open(routesOf(1));
    await first;
    expect(cache.peek('app_1')).toBeDefined();
    await clock.advance(1);
    expect(cache.peek('app_1')?.application.version).not.toBe(1);
  });

  it('forgets a table on invalidation, and does not keep what a read under way brings', async () => {
    const gate = createGate<ApplicationRoutes | undefined>();
    const { cache, version } = createCache((reads) => (reads === 1 ? gate.promise : Promise.resolve(routesOf(reads))));
    const stale = cache.get('app_1');
    cache.invalidate('app_1');
    expect(await version()).toBe(2);
    gate.open(routesOf(1));
    expect((await stale)?.application.version).toBe(1);
    expect(await version()).toBe(2);
  });

  it('passes on a failed read to those who wait, and tries again for the next', async () => {
    const { version } = createCache(async (reads) => {
      if (reads === 1) throw new Error('The store is away.');
      return routesOf(reads);
    });
    await expect(version()).rejects.toThrow('The store is away.');
    expect(await version()).toBe(2);
  });

  it('outlives a failed refresh until the table expires', async () => {
    const { cache, clock, version } = createCache(async (reads) => {
      if (reads > 1) throw new Error('The store is away.');
      return routesOf(reads);
    });
    await version();
    await clock.advance(1_600);
    expect(cache.peek('app_1')?.application.version).toBe(1);
    await clock.advance(100);
    expect(await version()).toBe(1);
    await clock.advance(300);
    await expect(version()).rejects.toThrow('The store is away.');
  });

  it('does not remember that an application is missing', async () => {
    const { version } = createCache(async (reads) => (reads === 1 ? undefined : routesOf(reads)));
    expect(await version()).toBeUndefined();
    expect(await version()).toBe(2);
  });
});
