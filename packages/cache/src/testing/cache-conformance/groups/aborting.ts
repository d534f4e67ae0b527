import assert from 'node:assert/strict';
import type { Cache, CacheCallOptions } from '../../../ports/cache.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createGatedLoad, nextTurn, rejectionOf } from '../gated-load.js';

const methods: Readonly<Record<string, (cache: Cache, options: CacheCallOptions) => Promise<unknown>>> = {
  get: (cache, options) => cache.get('key', options),
  set: (cache, options) => cache.set('key', { value: 'changed', ...options }),
  getOrSet: (cache, options) => cache.getOrSet('key', { load: async () => 'changed', ...options }),
  delete: (cache, options) => cache.delete('key', options),
  invalidateByTag: (cache, options) => cache.invalidateByTag({ tag: 'tag', ...options }),
  invalidateByPattern: (cache, options) => cache.invalidateByPattern({ pattern: '*', ...options }),
  clear: (cache, options) => cache.clear(options),
  statistics: (cache, options) => cache.statistics(options),
};

/** Signals. */
export const abortingGroup: ConformanceGroup = {
  name: 'aborting',
  cases: [
    ...Object.entries(methods).map(([name, call]) => ({
      name: `${name} with an aborted signal rejects with its reason and does nothing`,
      run: async ({ cache }: { readonly cache: Cache }) => {
        await cache.set('key', { value: 'kept', tags: ['tag'] });
        const reason = new Error('no longer needed');
        assert.equal(await rejectionOf(call(cache, { signal: AbortSignal.abort(reason) })), reason);
        assert.equal(await cache.get('key'), 'kept');
      },
    })),
    {
      name: 'who gives up waiting leaves the load to the others',
      run: async ({ cache }) => {
        const gated = createGatedLoad<string>();
        const impatient = new AbortController();
        const gaveUp = rejectionOf(cache.getOrSet('key', { load: gated.load, signal: impatient.signal }));
        const patient = cache.getOrSet('key', { load: gated.load });
        const loadSignal = await gated.started;
        await nextTurn();
        const reason = new Error('too slow');
        impatient.abort(reason);
        assert.equal(await gaveUp, reason);
        assert.equal(loadSignal.aborted, false);
        gated.succeed('value');
        assert.equal(await patient, 'value');
        assert.equal(await cache.get('key'), 'value');
      },
    },
    {
      name: 'when everybody gives up the load is told, and the next call loads anew',
      run: async ({ cache }) => {
        const stuck = createGatedLoad<string>();
        const controller = new AbortController();
        const options = { load: stuck.load, signal: controller.signal };
        const both = [cache.getOrSet('key', options), cache.getOrSet('key', options)].map(rejectionOf);
        const loadSignal = await stuck.started;
        const reason = new Error('too slow');
        controller.abort(reason);
        assert.deepEqual(await Promise.all(both), [reason, reason]);
        assert.equal(loadSignal.aborted, true);
        assert.equal(await cache.getOrSet('key', { load: async () => 'value' }), 'value');
      },
    },
  ],
};
