import {
  CacheReporter,
  createKeyMatcher,
  parseTtlMs,
  SharedLoad,
  type Cache,
  type CacheCallOptions,
  type CacheListener,
  type CacheLoadOptions,
  type CacheSetOptions,
  type CacheStatistics,
} from '@postrider/cache';
import { isPostriderError, type Clock, type Logger } from '@postrider/core';
import type { RedisCacheConfig } from './config.js';
import { parseChangeMessage, type ChangeMessage } from './change-message.js';
import { EntryStore, type Landing, type Look } from './entry-store.js';
import type { KeySpace } from './key-space.js';
import { NearTier } from './near-tier.js';
import type { RedisConnection } from './redis-connection.js';
import { fromText, toText } from './value-text.js';

export interface RedisCacheParams {
  readonly config: RedisCacheConfig;
  readonly connection: RedisConnection;
  readonly keySpace: KeySpace;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this instance among all that share the prefix. */
  readonly instanceId: string;
}

/** One `getOrSet` that others with the same key wait for: a look, and a load when there is nothing. */
interface Flight {
  readonly shared: SharedLoad;
  readonly tags: readonly string[];
  /** Still in the map it was filed in; what it brings may be stored. */
  isCurrent: boolean;
  /** Callers that are not counted yet, because the look is under way. */
  uncounted: number;
  found: 'fresh' | 'stale' | 'nothing' | undefined;
}

interface LoadTimes {
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly negativeMs: number | undefined;
}

const nothingSeen = { stamp: '', generation: '', lastPattern: '' };
const noLook: Look = { isUsable: false, text: undefined, freshMs: 0, tags: [], witness: nothingSeen, held: '[]' };

/**
 * A cache in Redis with a small one in front. Concurrency within the process is that of the memory cache: a key has at
 * most one current flight, and an invalidation takes the flights it covers out. Between processes the scripts decide: a
 * load stores what it brings only if nothing happened in Redis since its look.
 *
 * When Redis is away `get` finds nothing and `getOrSet` loads; `set`, `delete` and invalidations reject. Those that
 * removed nothing make the instance clear the cache before it reads from it again, so it never serves what it was told
 * to forget.
 */
export class RedisCache implements Cache {
  readonly capabilities = { shared: true, byReference: false } as const;
  readonly #params: RedisCacheParams;
  readonly #entries: EntryStore;
  readonly #near: NearTier;
  readonly #reporter: CacheReporter;
  readonly #flights = new Map<string, Flight>();
  readonly #refreshes = new Map<string, Flight>();
  readonly #unsubscribe: () => void;
  #stamps = 0;
  #mustClear = false;

  constructor(params: RedisCacheParams) {
    const { config, connection, keySpace, clock, logger, instanceId } = params;
    this.#params = params;
    this.#reporter = new CacheReporter(logger);
    const { nearTtlMs: ttlMs, nearMaxEntries: maxEntries, nearMaxMemoryMb: maxMemoryMb, longestLoadMs } = config;
    this.#near = new NearTier({ ttlMs, maxEntries, maxMemoryMb, clock });
    const nextStamp = () => `${instanceId}.${(this.#stamps += 1).toString(36)}`;
    this.#entries = new EntryStore({ connection, keySpace, nextStamp, longestLoadMs });
    this.#unsubscribe = connection.subscribe(keySpace.channel, {
      received: (text) => this.#hear(parseChangeMessage(text)),
      connected: () => void this.#near.setOpen(true),
      lost: () => void this.#near.setOpen(false),
    });
  }

  /** Stops to listen. The connection is for who made it to close. */
  close(): void {
    this.#unsubscribe();
  }

  async get<Value>(key: string, options?: CacheCallOptions): Promise<Value | undefined> {
    options?.signal?.throwIfAborted();
    const { found } = await orAborted(this.#find(key), options?.signal);
    if (found === undefined) this.#reporter.miss(key);
    else this.#reporter.hit(key, false);
    return found?.value as Value | undefined;
  }

  async set(key: string, { value, ttl, tags = [], signal }: CacheSetOptions): Promise<boolean> {
    signal?.throwIfAborted();
    const text = toText(value);
    const ttlMs = ttl === undefined ? this.#params.config.defaultTtlMs : parseTtlMs(ttl);
    this.#abandon(this.#flights, (_, name) => name === key);
    this.#abandon(this.#refreshes, (_, name) => name === key);
    if (Buffer.byteLength(text) > this.#params.config.maxValueBytes) {
      await this.#change({ kind: 'key', name: key }, (message) => this.#entries.remove(key, message));
      return false;
    }
    const change = { kind: 'key', name: key } as const;
    const write = (message: string) => this.#entries.set(key, { text, ttlMs, tags, message });
    await orAborted(this.#change(change, write), signal);
    this.#reporter.tell({ type: 'stored', key });
    return true;
  }

  async getOrSet<Value>(key: string, options: CacheLoadOptions<Value>): Promise<Value | undefined> {
    options.signal?.throwIfAborted();
    const near = await this.#near.get(key);
    if (near !== undefined) {
      this.#reporter.hit(key, false);
      return near.value as Value | undefined;
    }
    const flight = this.#joinOrStart(key, options);
    if (flight.found === undefined) flight.uncounted += 1;
    else this.#count(key, flight.found);
    return (await flight.shared.wait(options.signal)) as Value | undefined;
  }

  async delete(key: string, options?: CacheCallOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    this.#abandonAll((_, name) => name === key);
    const remove = (message: string) => this.#entries.remove(key, message);
    const { wasUsable, wasFresh } = await orAborted(this.#change({ kind: 'key', name: key }, remove), options?.signal);
    if (wasUsable) this.#reporter.tell({ type: 'deleted', key });
    return wasFresh;
  }

  async invalidateByTag({ tag, signal }: CacheCallOptions & { readonly tag: string }): Promise<void> {
    signal?.throwIfAborted();
    this.#abandonAll(({ tags }) => tags.includes(tag));
    const change = { kind: 'tag', name: tag } as const;
    await orAborted(
      this.#change(change, (message) => this.#entries.invalidateTag(tag, message)),
      signal,
    );
    this.#reporter.tell({ type: 'tag_invalidated', tag });
  }

  async invalidateByPattern({ pattern, signal }: CacheCallOptions & { readonly pattern: string }): Promise<void> {
    signal?.throwIfAborted();
    const matches = createKeyMatcher(pattern);
    this.#abandonAll((_, name) => matches(name));
    const change = { kind: 'pattern', name: pattern } as const;
    await orAborted(
      this.#change(change, (message) => this.#entries.removeMatching(pattern, message)),
      signal,
    );
    this.#reporter.tell({ type: 'pattern_invalidated', pattern });
  }

  async clear(options?: CacheCallOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    this.#abandonAll(() => true);
    const change = { kind: 'clear', name: '' } as const;
    await orAborted(
      this.#change(change, (message) => this.#entries.clear(message)),
      options?.signal,
    );
    this.#reporter.tell({ type: 'cleared' });
  }

  async statistics(options?: CacheCallOptions): Promise<CacheStatistics> {
    options?.signal?.throwIfAborted();
    const { counters } = this.#reporter;
    const lookups = counters.hits + counters.misses;
    const unknown = { entries: undefined, bytes: undefined, maxEntries: undefined, maxBytes: undefined };
    const available = this.#params.connection.isAvailable;
    return { ...counters, hitRate: lookups === 0 ? undefined : counters.hits / lookups, available, ...unknown };
  }

  subscribe(listener: CacheListener): () => void {
    return this.#reporter.subscribe(listener);
  }

  #hear(message: ChangeMessage | undefined): void {
    if (message === undefined || message.from === this.#params.instanceId) return;
    void this.#near.forget(message);
  }

  /** Tells Redis and the others; before and after it nothing of what it concerns is kept in memory. */
  async #change<Result>(
    change: Pick<ChangeMessage, 'kind' | 'name'>,
    write: (message: string) => Promise<Result>,
  ): Promise<Result> {
    const message = JSON.stringify({ from: this.#params.instanceId, ...change } satisfies ChangeMessage);
    await this.#near.forget(change);
    try {
      return await write(message);
    } catch (error) {
      this.#mustClear = true;
      throw error;
    } finally {
      await this.#near.forget(change);
    }
  }

  /** What `get` may return, and what a load has to know; `noLook` when Redis is away. */
  async #find(key: string, tags?: readonly string[]) {
    const near = await this.#near.get(key);
    if (near !== undefined) return { found: near, look: noLook };
    const { epoch } = this.#near;
    const look = await this.#lookOrNothing(key, tags);
    const value = look.isUsable ? fromText(look.text) : undefined;
    // A value that somebody else has damaged.
    if (look.isUsable && value === undefined) return { found: undefined, look: { ...look, isUsable: false } };
    if (!look.isUsable || look.freshMs <= 0 || value === undefined) return { found: undefined, look };
    await this.#near.keep(key, { found: value, freshMs: look.freshMs, tags: look.tags, epoch });
    return { found: value, look };
  }

  async #lookOrNothing(key: string, tags: readonly string[] | undefined): Promise<Look> {
    try {
      if (this.#mustClear) {
        await this.#entries.clear(JSON.stringify({ from: this.#params.instanceId, kind: 'clear', name: '' }));
        this.#mustClear = false;
      }
      return await this.#entries.look(key, tags);
    } catch (error) {
      if (isPostriderError(error, 'CACHE_UNAVAILABLE')) return noLook;
      throw error;
    }
  }

  #joinOrStart<Value>(key: string, options: CacheLoadOptions<Value>): Flight {
    const running = this.#flights.get(key);
    if (running !== undefined && !running.shared.isAbandoned) return running;
    const times = this.#timesOf(options);
    const { tags = [] } = options;
    const flight: Flight = {
      shared: new SharedLoad((signal) => this.#fly({ key, options, times, flight, signal })),
      tags,
      isCurrent: true,
      uncounted: 0,
      found: undefined,
    };
    if (running !== undefined) running.isCurrent = false;
    this.#flights.set(key, flight);
    return flight;
  }

  async #fly<Value>(params: {
    readonly key: string;
    readonly options: CacheLoadOptions<Value>;
    readonly times: LoadTimes;
    readonly flight: Flight;
    readonly signal: AbortSignal;
  }): Promise<unknown> {
    const { key, options, times, flight, signal } = params;
    try {
      const { found, look } = await this.#find(key, flight.tags);
      const stale = found === undefined && look.isUsable ? fromText(look.text) : undefined;
      flight.found = found === undefined ? (stale === undefined ? 'nothing' : 'stale') : 'fresh';
      for (; flight.uncounted > 0; flight.uncounted -= 1) this.#count(key, flight.found);
      if (found !== undefined) return found.value;
      if (stale !== undefined) {
        this.#refresh(key, { options, times, look });
        return stale.value;
      }
      const refresh = this.#refreshes.get(key);
      if (refresh !== undefined) return await refresh.shared.wait(signal);
      return await this.#load({ key, options, times, look, flight, signal });
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    }
  }

  #refresh<Value>(
    key: string,
    load: { readonly options: CacheLoadOptions<Value>; readonly times: LoadTimes; readonly look: Look },
  ): void {
    if (this.#refreshes.has(key)) return;
    const flight: Flight = {
      shared: new SharedLoad((signal) =>
        this.#load({ ...load, key, flight, signal }).finally(() => {
          if (this.#refreshes.get(key) === flight) this.#refreshes.delete(key);
        }),
      ),
      tags: load.options.tags ?? [],
      isCurrent: true,
      uncounted: 0,
      found: 'nothing',
    };
    this.#refreshes.set(key, flight);
  }

  async #load<Value>(params: {
    readonly key: string;
    readonly options: CacheLoadOptions<Value>;
    readonly times: LoadTimes;
    readonly look: Look;
    readonly flight: Flight;
    readonly signal: AbortSignal;
  }): Promise<Value | undefined> {
    const { key, options, times, look, flight, signal } = params;
    const startedMs = this.#params.clock.monotonicMs();
    const { epoch } = this.#near;
    this.#reporter.loadStarted();
    let value: Value | undefined;
    let landing: Landing;
    try {
      value = await options.load({ key, signal });
      landing = toLanding(value, times);
    } catch (error) {
      this.#reporter.loadFailed(key, error);
      throw error;
    }
    const { longestLoadMs, maxValueBytes } = this.#params.config;
    const isInTime = this.#params.clock.monotonicMs() - startedMs < longestLoadMs;
    const fits = Buffer.byteLength(landing.text) <= maxValueBytes;
    if (look === noLook || !flight.isCurrent || !isInTime || !fits) return value;
    const isStored = await this.#entries.land(key, look, landing).catch(() => false);
    if (!isStored || landing.kind === 'none') return value;
    this.#reporter.tell({ type: 'stored', key });
    const found = landing.kind === 'value' ? fromText(landing.text) : {};
    if (found !== undefined && flight.isCurrent) {
      await this.#near.keep(key, { found, freshMs: landing.ttlMs, tags: flight.tags, epoch });
    }
    return value;
  }

  #timesOf({ ttl, staleTtl, negativeTtl }: CacheLoadOptions<unknown>): LoadTimes {
    return {
      ttlMs: ttl === undefined ? this.#params.config.defaultTtlMs : parseTtlMs(ttl),
      staleMs: staleTtl === undefined ? 0 : parseTtlMs(staleTtl, 'staleTtl'),
      negativeMs: negativeTtl === undefined ? undefined : parseTtlMs(negativeTtl, 'negativeTtl'),
    };
  }

  #count(key: string, found: NonNullable<Flight['found']>): void {
    if (found === 'nothing') this.#reporter.miss(key);
    else this.#reporter.hit(key, found === 'stale');
  }

  #abandonAll(concerns: (flight: Flight, key: string) => boolean): void {
    this.#abandon(this.#flights, concerns);
    this.#abandon(this.#refreshes, concerns);
  }

  #abandon(flights: Map<string, Flight>, concerns: (flight: Flight, key: string) => boolean): void {
    for (const [key, flight] of flights) {
      if (!concerns(flight, key)) continue;
      flight.isCurrent = false;
      flights.delete(key);
    }
  }
}

function toLanding(value: unknown, { ttlMs, staleMs, negativeMs }: LoadTimes): Landing {
  if (value !== undefined) return { kind: 'value', text: toText(value), ttlMs, totalMs: ttlMs + staleMs };
  if (negativeMs !== undefined) return { kind: 'absent', text: '', ttlMs: negativeMs, totalMs: negativeMs };
  return { kind: 'none', text: '', ttlMs: 0, totalMs: 0 };
}

/** The result, or the signal's reason when that aborts first. */
async function orAborted<Result>(result: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return result;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
