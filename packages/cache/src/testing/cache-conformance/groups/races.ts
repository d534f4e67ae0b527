import assert from 'node:assert/strict';
import type { Cache } from '../../../ports/cache.js';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.js';
import { createGatedLoad } from '../gated-load.js';

const invalidations: Readonly<Record<string, (cache: Cache) => Promise<unknown>>> = {
  invalidateByTag: (cache) => cache.invalidateByTag({ tag: 'second' }),
  invalidateByPattern: (cache) => cache.invalidateByPattern({ pattern: 'k?y' }),
  delete: (cache) => cache.delete('key'),
  clear: (cache) => cache.clear(),
};

const tags = ['first', 'second'];

function casesOf([name, invalidate]: readonly [string, (cache: Cache) => Promise<unknown>]): ConformanceCase[] {
  return [
    {
      name: `${name}: what a load brings that began before is not kept`,
      run: async ({ cache }) => {
        const old = createGatedLoad<string>();
        const early = cache.getOrSet('key', { load: old.load, tags });
        await old.started;
        await invalidate(cache);
        old.succeed('old');
        await early;
        assert.equal(await cache.get('key'), undefined);
        assert.equal(await cache.getOrSet('key', { load: async () => 'new', tags }), 'new');
      },
    },
    {
      name: `${name}: who asks afterwards does not join a load from before, and the later load wins`,
      run: async ({ cache }) => {
        const old = createGatedLoad<string>();
        const fresh = createGatedLoad<string>();
        const early = cache.getOrSet('key', { load: old.load, tags });
        await old.started;
        await invalidate(cache);
        const late = cache.getOrSet('key', { load: fresh.load, tags });
        await fresh.started;
        fresh.succeed('new');
        assert.equal(await late, 'new');
        old.succeed('old');
        await early;
        assert.equal(await cache.get('key'), 'new');
      },
    },
    {
      name: `${name}: a newer load that still runs when the old one ends is joined and kept`,
      run: async ({ cache }) => {
        const old = createGatedLoad<string>();
        const fresh = createGatedLoad<string>();
        const early = cache.getOrSet('key', { load: old.load, tags });
        await old.started;
        await invalidate(cache);
        const late = cache.getOrSet('key', { load: fresh.load, tags });
        await fresh.started;
        old.succeed('old');
        await early;
        const joined = cache.getOrSet('key', { load: async () => 'a third load', tags });
        fresh.succeed('new');
        assert.deepEqual(await Promise.all([late, joined]), ['new', 'new']);
        assert.equal(await cache.get('key'), 'new');
      },
    },
  ];
}

/** Loads that run while something else happens to their key. */
export const racesGroup: ConformanceGroup = {
  name: 'loads in flight',
  cases: [
    ...Object.entries(invalidations).flatMap(casesOf),
    {
      name: 'set during a load wins over what the load brings',
      run: async ({ cache }) => {
        const gated = createGatedLoad<string>();
        const waiting = cache.getOrSet('key', gated);
        await gated.started;
        await cache.set('key', { value: 'stored' });
        assert.equal(await cache.getOrSet('key', { load: async () => 'loaded' }), 'stored');
        gated.succeed('loaded earlier');
        await waiting;
        assert.equal(await cache.get('key'), 'stored');
      },
    },
    {
      name: 'an invalidation of something else does not disturb a load',
      run: async ({ cache }) => {
        const gated = createGatedLoad<string>();
        const waiting = cache.getOrSet('key', { load: gated.load, tags });
        await gated.started;
        await cache.invalidateByTag({ tag: 'third' });
        await cache.invalidateByPattern({ pattern: 'key?' });
        await cache.delete('another key');
        gated.succeed('value');
        await waiting;
        assert.equal(await cache.get('key'), 'value');
      },
    },
  ],
};
