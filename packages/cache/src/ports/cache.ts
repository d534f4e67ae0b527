import { definePort } from '@postrider/core';
import type { Ttl } from '../ttl.js';
import type { CacheListener } from './cache-event.js';
import type { CacheStatistics } from './cache-statistics.js';

/** What an adapter can do. */
export interface CacheCapabilities {
  /** Other processes see the same entries. */
  readonly shared: boolean;
  /** A hit is the very object that was stored, of whatever type. Else it is an equal copy, and must be JSON data. */
  readonly byReference: boolean;
}

/** For calls that may wait. */
export interface CacheCallOptions {
  /** Ends the call: it rejects with the signal's reason. What it had begun may still take effect. */
  readonly signal?: AbortSignal | undefined;
}

/** What `set` stores, and for how long. */
export interface CacheSetOptions extends CacheCallOptions {
  /** Anything but `undefined`, which means absence. */
  readonly value: unknown;
  /** How long it may be returned; by default the TTL of the cache. */
  readonly ttl?: Ttl | undefined;
  /** Names under which `invalidateByTag` finds it, such as `app:app_1`. */
  readonly tags?: readonly string[] | undefined;
}

/** How `getOrSet` gets a value that is not there, and for how long it is kept. */
export interface CacheLoadOptions<Value> extends CacheCallOptions {
  /**
   * Gets the value; `undefined` says that there is none. The signal aborts when nobody waits for the result any more.
   * Must not ask the cache for the same key: it would wait for itself.
   */
  readonly load: (params: { readonly key: string; readonly signal: AbortSignal }) => Promise<Value | undefined>;
  /** How long the value may be returned, counted from when it was loaded; by default the TTL of the cache. */
  readonly ttl?: Ttl | undefined;
  /** Names under which `invalidateByTag` finds the value, and the load while it runs. */
  readonly tags?: readonly string[] | undefined;
  /** How long to remember that there is none; by default not at all, so that the next call loads again. */
  readonly negativeTtl?: Ttl | undefined;
  /**
   * How long after its TTL the value is still good enough for `getOrSet`, which returns it at once and loads a new one
   * in the background. When that fails, the next call tries again. By default not at all.
   */
  readonly staleTtl?: Ttl | undefined;
}

/**
 * Values for a while. A cache may forget anything at any time, and never lies. No call returns a value after its time
 * (`get`: the TTL; `getOrSet`: TTL plus `staleTtl`). No call that begins after a `delete`, `invalidateByTag`,
 * `invalidateByPattern` or `clear` has resolved returns a value that this was to remove, nor one whose load began before
 * and ended after it. A plain `set` has no such protection: what it stores may have been read before an invalidation
 * that ran in between, so read-then-store belongs into `getOrSet`.
 *
 * Whoever stores or receives a value must not change it: others may hold the same object. The type parameter of `get`
 * and `getOrSet` is a promise of the caller, who knows what was stored under the key.
 *
 * Any call may reject with `CACHE_UNAVAILABLE` where the adapter leaves the process, and with the reason of its signal;
 * further codes are named at each method.
 */
export interface Cache {
  readonly capabilities: CacheCapabilities;

  /** The value, or `undefined` when there is none (or when it is known that there is none). */
  get<Value>(key: string, options?: CacheCallOptions): Promise<Value | undefined>;

  /**
   * Stores a value, in place of an earlier one with its TTL and tags. The last of concurrent calls wins, also against a
   * load that began before. Resolves to whether it was stored: a value beyond the limits of the cache is not, and the
   * earlier one is gone nevertheless. Rejects with `CACHE_OPTIONS_INVALID` (TTL) and `CACHE_VALUE_INVALID`.
   */
  set(key: string, options: CacheSetOptions): Promise<boolean>;

  /**
   * The value, from the cache or else from `load`. Of concurrent calls for one key (in this process) one runs its `load`,
   * with its own options, and all wait for it; those that begin after an invalidation do not join an older load. Rejects
   * with what `load` rejects with, which is not kept, and with `CACHE_OPTIONS_INVALID` (TTLs).
   */
  getOrSet<Value>(key: string, options: CacheLoadOptions<Value>): Promise<Value | undefined>;

  /** Removes a value. Resolves to whether there was one that could be returned. */
  delete(key: string, options?: CacheCallOptions): Promise<boolean>;

  /** Makes every value with this tag unreturnable. Takes no longer for many values than for one. */
  invalidateByTag(params: CacheCallOptions & { readonly tag: string }): Promise<void>;

  /**
   * Removes every value whose whole key matches a glob: `*` is any number of characters, `?` is one, `\` takes the next
   * literally. Looks at every key: for operators and rare events; use tags elsewhere.
   */
  invalidateByPattern(params: CacheCallOptions & { readonly pattern: string }): Promise<void>;

  /** Removes every value. Counters stay. */
  clear(options?: CacheCallOptions): Promise<void>;

  /** Counters and sizes. May look at every entry. */
  statistics(options?: CacheCallOptions): Promise<CacheStatistics>;

  /**
   * Tells `listener` of every event of this instance from now on. Returns the function that ends it (safe to call twice).
   * `evicted` and `expired` are told only by adapters in this process.
   */
  subscribe(listener: CacheListener): () => void;
}

/** The cache of the host. */
export const Cache = definePort<Cache>({ id: 'postrider.cache', version: 1 });
