import assert from 'node:assert/strict';
import type { CacheEvent } from '../../../ports/cache-event.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { rejectionOf } from '../gated-load.js';

/** Statistics and events. */
export const statisticsGroup: ConformanceGroup = {
  name: 'statistics and events',
  cases: [
    {
      name: 'a fresh cache has done nothing, and has no hit rate',
      run: async ({ cache }) => {
        const { hits, misses, hitRate, loads, loadFailures, evictions, expirations } = await cache.statistics();
        assert.deepEqual(
          { hits, misses, hitRate, loads, loadFailures, evictions, expirations },
          { hits: 0, misses: 0, hitRate: undefined, loads: 0, loadFailures: 0, evictions: 0, expirations: 0 },
        );
      },
    },
    {
      name: 'hits, misses and loads are counted',
      run: async ({ cache, units }) => {
        await cache.set('key', { value: 1 });
        await cache.get('key');
        await cache.get('key');
        await cache.get('nothing');
        await cache.getOrSet('loaded', { load: async () => 2 });
        await cache.getOrSet('loaded', { load: async () => 2 });
        const none = { load: async () => undefined, negativeTtl: units(9) };
        await cache.getOrSet('absent', none);
        await cache.getOrSet('absent', none);
        const load = async () => {
          throw new Error('the database is away');
        };
        await rejectionOf(cache.getOrSet('failing', { load }));
        const { hits, misses, hitRate, loads, loadFailures } = await cache.statistics();
        assert.deepEqual(
          { hits, misses, hitRate, loads, loadFailures },
          { hits: 4, misses: 4, hitRate: 0.5, loads: 3, loadFailures: 1 },
        );
      },
    },
    {
      name: 'entries and bytes, where known, follow what is stored',
      run: async ({ cache, units, pass }) => {
        await cache.set('brief', { value: 'x'.repeat(1000), ttl: units(1) });
        await cache.set('tagged', { value: 1, tags: ['tag'] });
        await cache.set('kept', { value: 1 });
        const full = await cache.statistics();
        await pass(1.5);
        await cache.invalidateByTag({ tag: 'tag' });
        const { entries, bytes } = await cache.statistics();
        if (full.entries !== undefined) assert.deepEqual([full.entries, entries], [3, 1]);
        if (full.bytes !== undefined) {
          assert.ok(full.bytes >= 1000, `${String(full.bytes)} bytes hold 1000 characters`);
          assert.ok(bytes !== undefined && bytes > 0 && bytes < full.bytes - 1000, `${String(bytes)} bytes are left`);
        }
      },
    },
    {
      name: 'every event is told as it happens, until the listener leaves',
      run: async ({ cache, units, pass }) => {
        const events: CacheEvent[] = [];
        const leave = cache.subscribe((event) => events.push(event));
        const error = new Error('the database is away');
        const times = { ttl: units(1), staleTtl: units(9) };
        await cache.get('key');
        await cache.set('key', { value: 1 });
        await cache.get('key');
        await cache.delete('key');
        await cache.delete('key');
        await cache.getOrSet('swr', { ...times, load: async () => 1 });
        await pass(1.5);
        const load = async () => {
          throw error;
        };
        await cache.getOrSet('swr', { ...times, load });
        await pass(0);
        await cache.invalidateByTag({ tag: 'tag' });
        await cache.invalidateByPattern({ pattern: 'x*' });
        await cache.clear();
        leave();
        leave();
        await cache.get('key');
        assert.deepEqual(events, [
          { type: 'miss', key: 'key' },
          { type: 'stored', key: 'key' },
          { type: 'hit', key: 'key', stale: false },
          { type: 'deleted', key: 'key' },
          { type: 'miss', key: 'swr' },
          { type: 'stored', key: 'swr' },
          { type: 'hit', key: 'swr', stale: true },
          { type: 'load_failed', key: 'swr', error },
          { type: 'tag_invalidated', tag: 'tag' },
          { type: 'pattern_invalidated', pattern: 'x*' },
          { type: 'cleared' },
        ]);
      },
    },
    {
      name: 'a listener that throws disturbs neither the call nor the other listeners',
      run: async ({ cache }) => {
        const heard: string[] = [];
        cache.subscribe(() => {
          throw new Error('a listener of poor quality');
        });
        cache.subscribe(({ type }) => heard.push(type));
        assert.equal(await cache.getOrSet('key', { load: async () => 1 }), 1);
        assert.equal(await cache.get('key'), 1);
        assert.deepEqual(heard, ['miss', 'stored', 'hit']);
      },
    },
  ],
};
