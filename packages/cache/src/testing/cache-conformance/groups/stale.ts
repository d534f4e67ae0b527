import assert from 'node:assert/strict';
import type { CacheWorld, ConformanceGroup } from '../conformance-case.js';
import { createGatedLoad } from '../gated-load.js';

/** A value `old` under `key` that has been stale for half a unit, and stays usable for three and a half. */
async function storeStale({ cache, units, pass }: CacheWorld) {
  const times = { ttl: units(2), staleTtl: units(4), tags: ['tag'] };
  await cache.getOrSet('key', { ...times, load: async () => 'old' });
  await pass(2.5);
  return times;
}

/** Stale values while a new one is loaded. */
export const staleGroup: ConformanceGroup = {
  name: 'stale while revalidating',
  cases: [
    {
      name: 'a stale value comes at once, while one load brings the new one',
      run: async (world) => {
        const { cache, harness } = world;
        const times = await storeStale(world);
        const { load, started, calls, succeed } = createGatedLoad<string>();
        assert.equal(await cache.getOrSet('key', { ...times, load }), 'old');
        assert.equal(await cache.getOrSet('key', { ...times, load }), 'old');
        await started;
        succeed('new');
        await harness.advance(0);
        assert.equal(await cache.getOrSet('key', { ...times, load }), 'new');
        assert.equal(await cache.get('key'), 'new');
        assert.equal(calls(), 1);
      },
    },
    {
      name: 'get never returns a stale value, and leaves it for getOrSet',
      run: async (world) => {
        const times = await storeStale(world);
        assert.equal(await world.cache.get('key'), undefined);
        assert.equal(await world.cache.getOrSet('key', { ...times, load: async () => 'new' }), 'old');
      },
    },
    {
      name: 'after staleTtl, and without one, the caller waits for the new value',
      run: async (world) => {
        const times = await storeStale(world);
        await world.pass(4);
        assert.equal(await world.cache.getOrSet('key', { ...times, load: async () => 'new' }), 'new');
        const brief = { ttl: world.units(2) };
        await world.cache.getOrSet('other', { ...brief, load: async () => 'old' });
        await world.pass(2.5);
        assert.equal(await world.cache.getOrSet('other', { ...brief, load: async () => 'new' }), 'new');
      },
    },
    {
      name: 'a refresh that fails troubles nobody, and the next call tries again',
      run: async (world) => {
        const { cache, harness } = world;
        const times = await storeStale(world);
        const load = async () => {
          throw new Error('the database is away');
        };
        assert.equal(await cache.getOrSet('key', { ...times, load }), 'old');
        await harness.advance(0);
        assert.equal(await cache.getOrSet('key', { ...times, load: async () => 'new' }), 'old');
        await harness.advance(0);
        assert.equal(await cache.get('key'), 'new');
      },
    },
    {
      name: 'a refresh that finds nothing removes the stale value',
      run: async (world) => {
        const { cache, harness } = world;
        const times = await storeStale(world);
        assert.equal(await cache.getOrSet('key', { ...times, load: async () => undefined }), 'old');
        await harness.advance(0);
        assert.equal(await cache.getOrSet('key', { ...times, load: async () => 'new' }), 'new');
      },
    },
    {
      name: 'an invalidation takes stale values, too, and what their refresh brings',
      run: async (world) => {
        const { cache, harness } = world;
        const times = await storeStale(world);
        const refresh = createGatedLoad<string>();
        await cache.getOrSet('key', { ...times, load: refresh.load });
        await refresh.started;
        await cache.invalidateByTag({ tag: 'tag' });
        refresh.succeed('from before the invalidation');
        await harness.advance(0);
        assert.equal(await cache.getOrSet('key', { ...times, load: async () => 'new' }), 'new');
      },
    },
  ],
};
