import { silentLogger, systemClock, type Clock } from '@postrider/core';
import { cacheError } from '../errors.js';
import { createKeyMatcher } from '../key-pattern.js';
import type { Cache, CacheCallOptions, CacheLoadOptions, CacheSetOptions } from '../ports/cache.js';
import type { CacheListener } from '../ports/cache-event.js';
import type { CacheStatistics } from '../ports/cache-statistics.js';
import { parseTtlMs } from '../ttl.js';
import { CacheReporter } from './cache-reporter.js';
import { EntryStore } from './entry-store.js';
import { entryOverheadBytes, estimateBytes } from './estimate-bytes.js';
import { parseLimits, type MemoryCacheLimits, type MemoryCacheOptions } from './memory-cache-options.js';
import { SharedLoad } from './shared-load.js';
import { areCurrent, TagGenerations, type TagGeneration } from './tag-generations.js';

/** A cache in the memory of this process. Throws `CACHE_OPTIONS_INVALID` for limits out of range. */
export function createMemoryCache(options: MemoryCacheOptions = {}): Cache {
  return new MemoryCache(options);
}

/** Stands for the knowledge that there is no value. */
const absence = Symbol('absent');

interface Flight {
  readonly shared: SharedLoad;
  /** Held from before the load began, so an invalidation during it is noticed. */
  readonly generations: readonly TagGeneration[];
}

interface StoreParams {
  readonly value: unknown;
  readonly bytes: number;
  readonly ttlMs: number;
  readonly staleMs: number;
  /** Become those of the entry, or are released. */
  readonly generations: readonly TagGeneration[];
}

/**
 * Rules of concurrency. A key has at most one *current* flight, the one in `#flights`; only a current flight whose tags
 * were not invalidated may store its result. `set`, `delete`, `clear` and a matching pattern take the flights of their
 * keys out of `#flights`. A caller joins only a flight that may still store and that somebody still waits for; else it
 * starts the next one, which takes its place. Everything between two awaits is atomic, as in any JavaScript.
 */
class MemoryCache implements Cache {
  readonly capabilities = { shared: false, byReference: true } as const;
  readonly #clock: Clock;
  readonly #limits: MemoryCacheLimits;
  readonly #sizeOf: (value: unknown) => number;
  readonly #tags = new TagGenerations();
  readonly #flights = new Map<string, Flight>();
  readonly #reporter: CacheReporter;
  readonly #entries: EntryStore;

  constructor(options: MemoryCacheOptions) {
    const { clock = systemClock, logger = silentLogger, sizeOf = estimateBytes } = options;
    this.#clock = clock;
    this.#limits = parseLimits(options);
    this.#sizeOf = sizeOf;
    this.#reporter = new CacheReporter(logger);
    this.#entries = new EntryStore({
      ...this.#limits,
      tags: this.#tags,
      nowMs: () => clock.monotonicMs(),
      onLoss: (key, reason) => this.#reporter.loss(key, reason),
    });
  }

  async get<Value>(key: string, options?: CacheCallOptions): Promise<Value | undefined> {
    options?.signal?.throwIfAborted();
    const nowMs = this.#clock.monotonicMs();
    const entry = this.#entries.get(key, nowMs);
    if (entry === undefined || nowMs >= entry.freshUntilMs) {
      this.#reporter.miss(key);
      return undefined;
    }
    this.#reporter.hit(key, false);
    return toResult(entry.value) as Value | undefined;
  }

  async set(key: string, { value, ttl, tags, signal }: CacheSetOptions): Promise<boolean> {
    signal?.throwIfAborted();
    if (value === undefined) {
      throw cacheError(
        'CACHE_VALUE_INVALID',
        'The value is undefined, which means absence; store null, delete the key, or use getOrSet with negativeTtl.',
      );
    }
    const ttlMs = ttl === undefined ? this.#limits.defaultTtlMs : parseTtlMs(ttl);
    const bytes = this.#measure(key, value);
    this.#flights.delete(key);
    return this.#store(key, { value, bytes, ttlMs, staleMs: 0, generations: this.#tags.hold(tags) });
  }

  async getOrSet<Value>(key: string, options: CacheLoadOptions<Value>): Promise<Value | undefined> {
    options.signal?.throwIfAborted();
    const nowMs = this.#clock.monotonicMs();
    const entry = this.#entries.get(key, nowMs);
    if (entry === undefined) {
      this.#reporter.miss(key);
      return (await this.#joinOrStart(key, options).wait(options.signal)) as Value | undefined;
    }
    const stale = nowMs >= entry.freshUntilMs;
    this.#reporter.hit(key, stale);
    if (stale) this.#joinOrStart(key, options);
    return toResult(entry.value) as Value | undefined;
  }

  async delete(key: string, options?: CacheCallOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    const nowMs = this.#clock.monotonicMs();
    const entry = this.#entries.get(key, nowMs);
    this.#forget(key);
    if (entry === undefined) return false;
    this.#reporter.tell({ type: 'deleted', key });
    return nowMs < entry.freshUntilMs && entry.value !== absence;
  }

  async invalidateByTag({ tag, signal }: CacheCallOptions & { readonly tag: string }): Promise<void> {
    signal?.throwIfAborted();
    this.#tags.invalidate(tag);
    this.#reporter.tell({ type: 'tag_invalidated', tag });
  }

  async invalidateByPattern({ pattern, signal }: CacheCallOptions & { readonly pattern: string }): Promise<void> {
    signal?.throwIfAborted();
    const matches = createKeyMatcher(pattern);
    for (const key of [...this.#entries.keys(), ...this.#flights.keys()]) if (matches(key)) this.#forget(key);
    this.#reporter.tell({ type: 'pattern_invalidated', pattern });
  }

  async clear(options?: CacheCallOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    this.#flights.clear();
    this.#entries.clear();
    this.#reporter.tell({ type: 'cleared' });
  }

  async statistics(options?: CacheCallOptions): Promise<CacheStatistics> {
    options?.signal?.throwIfAborted();
    this.#entries.sweep();
    const { maxEntries, maxBytes } = this.#limits;
    const { counters } = this.#reporter;
    const lookups = counters.hits + counters.misses;
    const hitRate = lookups === 0 ? undefined : counters.hits / lookups;
    const { size: entries, bytes } = this.#entries;
    return { ...counters, hitRate, available: true, entries, bytes, maxEntries, maxBytes };
  }

  subscribe(listener: CacheListener): () => void {
    return this.#reporter.subscribe(listener);
  }

  #forget(key: string): void {
    this.#flights.delete(key);
    this.#entries.delete(key);
  }

  #joinOrStart<Value>(key: string, options: CacheLoadOptions<Value>): SharedLoad {
    const running = this.#flights.get(key);
    if (running !== undefined && !running.shared.isAbandoned && areCurrent(running.generations)) return running.shared;
    const times = {
      ttlMs: options.ttl === undefined ? this.#limits.defaultTtlMs : parseTtlMs(options.ttl),
      staleMs: options.staleTtl === undefined ? 0 : parseTtlMs(options.staleTtl, 'staleTtl'),
      negativeMs: options.negativeTtl === undefined ? undefined : parseTtlMs(options.negativeTtl, 'negativeTtl'),
    };
    const generations = this.#tags.hold(options.tags);
    const shared = new SharedLoad(async (signal) => {
      try {
        this.#reporter.loadStarted();
        const value = await options.load({ key, signal });
        this.#land(key, flight, { ...times, value, bytes: this.#measure(key, value) });
        return value;
      } catch (error) {
        this.#land(key, flight);
        this.#reporter.loadFailed(key, error);
        throw error;
      }
    });
    const flight: Flight = { shared, generations };
    this.#flights.set(key, flight);
    return shared;
  }

  /** Ends a flight: its result is stored if it may be. */
  #land(
    key: string,
    flight: Flight,
    loaded?: Omit<StoreParams, 'generations'> & { readonly negativeMs: number | undefined },
  ): void {
    const { generations } = flight;
    const mayStore = this.#flights.get(key) === flight && areCurrent(generations);
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    if (!mayStore || loaded === undefined) {
      this.#tags.release(generations);
    } else if (loaded.value !== undefined) {
      this.#store(key, { ...loaded, generations });
    } else if (loaded.negativeMs !== undefined) {
      this.#store(key, { ...loaded, value: absence, ttlMs: loaded.negativeMs, staleMs: 0, generations });
    } else {
      // What a stale entry said is known to be over.
      this.#tags.release(generations);
      this.#entries.delete(key);
    }
  }

  #measure(key: string, value: unknown): number {
    const valueBytes = this.#sizeOf(value);
    if (Number.isFinite(valueBytes) && valueBytes >= 0) {
      return Math.ceil(entryOverheadBytes + 2 * key.length + valueBytes);
    }
    throw cacheError(
      'CACHE_OPTIONS_INVALID',
      `sizeOf returned ${String(valueBytes)} for the value of a key; expected a finite number of bytes from 0 on.`,
    );
  }

  #store(key: string, { value, bytes, ttlMs, staleMs, generations }: StoreParams): boolean {
    if (bytes > this.#limits.maxBytes) {
      this.#entries.delete(key);
      this.#tags.release(generations);
      return false;
    }
    const freshUntilMs = this.#clock.monotonicMs() + ttlMs;
    this.#entries.set(key, { value, freshUntilMs, staleUntilMs: freshUntilMs + staleMs, generations, bytes });
    this.#reporter.tell({ type: 'stored', key });
    return true;
  }
}

function toResult(value: unknown): unknown {
  return value === absence ? undefined : value;
}
