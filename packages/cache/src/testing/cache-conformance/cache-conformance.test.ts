import { createCollectingRunner } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import type { Cache, CacheLoadOptions } from '../../ports/cache.js';
import { createMemoryHarness } from '../memory-harness.js';
import { describeCacheConformance } from './describe-cache-conformance.js';

/** A cache with one bug that real caches have had, and the rule of the suite that is there to find it. */
interface Mutant {
  readonly bug: string;
  readonly wrap: (cache: Cache) => Cache;
  readonly group: string;
  readonly rule: string;
}

/** The methods of the cache, bound to it, to be replaced one by one. */
function methodsOf(cache: Cache): Cache {
  return {
    capabilities: cache.capabilities,
    get: (key, options) => cache.get(key, options),
    set: (key, options) => cache.set(key, options),
    getOrSet: (key, options) => cache.getOrSet(key, options),
    delete: (key, options) => cache.delete(key, options),
    invalidateByTag: (params) => cache.invalidateByTag(params),
    invalidateByPattern: (params) => cache.invalidateByPattern(params),
    clear: (options) => cache.clear(options),
    statistics: (options) => cache.statistics(options),
    subscribe: (listener) => cache.subscribe(listener),
  };
}

/** What most caches do: look, load, store. */
async function lookLoadStore<Value>(cache: Cache, key: string, options: CacheLoadOptions<Value>) {
  const found = await cache.get<Value>(key, options);
  if (found !== undefined) return found;
  const value = await options.load({ key, signal: options.signal ?? new AbortController().signal });
  if (value !== undefined) await cache.set(key, { ...options, value });
  return value;
}

const mutants: readonly Mutant[] = [
  {
    bug: 'getOrSet loads once per caller',
    wrap: (cache) => ({ ...methodsOf(cache), getOrSet: (key, options) => lookLoadStore(cache, key, options) }),
    group: 'loading',
    rule: '50 concurrent calls run one load',
  },
  {
    bug: 'getOrSet stores what was loaded before an invalidation',
    wrap: (cache) => ({ ...methodsOf(cache), getOrSet: (key, options) => lookLoadStore(cache, key, options) }),
    group: 'loads in flight',
    rule: 'invalidateByTag: what a load brings that began before is not kept',
  },
  {
    bug: 'the race shows in the model alone',
    wrap: (cache) => ({ ...methodsOf(cache), getOrSet: (key, options) => lookLoadStore(cache, key, options) }),
    group: 'model',
    rule: 'whatever the order in which loads land',
  },
  {
    bug: 'tags of loads are forgotten',
    wrap: (cache) => ({
      ...methodsOf(cache),
      getOrSet: (key, options) => cache.getOrSet(key, { ...options, tags: [] }),
    }),
    group: 'loading',
    rule: 'loads what is not there, and keeps it under its TTL and tags',
  },
  {
    bug: 'only the first tag counts',
    wrap: (cache) => ({
      ...methodsOf(cache),
      set: (key, options) => cache.set(key, { ...options, tags: options.tags?.slice(0, 1) }),
    }),
    group: 'invalidation',
    rule: 'any one of several tags is enough',
  },
  {
    bug: 'TTLs are ignored',
    wrap: (cache) => ({ ...methodsOf(cache), set: (key, options) => cache.set(key, { ...options, ttl: '1d' }) }),
    group: 'expiry',
    rule: 'a value is there until its TTL is over',
  },
  {
    bug: 'reading prolongs the life of a value',
    wrap: (cache) => ({
      ...methodsOf(cache),
      get: async <Value>(key: string) => {
        const value = await cache.get<Value>(key);
        if (value !== undefined) await cache.set(key, { value, ttl: 2000 });
        return value;
      },
    }),
    group: 'expiry',
    rule: 'reading does not prolong',
  },
  {
    bug: 'stale values are not refreshed but served until they end',
    wrap: (cache) => ({
      ...methodsOf(cache),
      getOrSet: (key, options) => cache.getOrSet(key, { ...options, ttl: 6000, staleTtl: undefined }),
    }),
    group: 'stale while revalidating',
    rule: 'get never returns a stale value',
  },
  {
    bug: 'patterns match anywhere in the key',
    wrap: (cache) => ({
      ...methodsOf(cache),
      invalidateByPattern: (params) => cache.invalidateByPattern({ ...params, pattern: `*${params.pattern}*` }),
    }),
    group: 'invalidation',
    rule: 'the pattern "app:1" takes',
  },
  {
    bug: 'values are copied although the cache says they are not',
    wrap: (cache) => ({
      ...methodsOf(cache),
      set: (key, options) => cache.set(key, { ...options, value: structuredClone(options.value) }),
    }),
    group: 'values',
    rule: 'a hit is the stored object itself',
  },
  {
    bug: 'an aborted signal does not stop a write',
    wrap: (cache) => ({
      ...methodsOf(cache),
      set: async (key, { signal, ...options }) => {
        const stored = await cache.set(key, options);
        signal?.throwIfAborted();
        return stored;
      },
    }),
    group: 'aborting',
    rule: 'set with an aborted signal',
  },
];

/** Runs one rule alone: another one that is broken, too, might wait for ever. */
async function findBroken({ wrap, group, rule }: Mutant): Promise<readonly string[]> {
  const runner = createCollectingRunner();
  describeCacheConformance(createMemoryHarness({ wrap, modelRuns: 200 }), runner);
  const results = await runner.run({ isWanted: (name) => name.includes(` > ${group} > ${rule}`) });
  return results.filter(({ error }) => error !== undefined).map(({ name }) => name);
}

describe('the cache conformance suite', () => {
  it.each(mutants)('finds that $bug', async (mutant) => {
    expect(await findBroken(mutant)).toHaveLength(1);
  });
});
