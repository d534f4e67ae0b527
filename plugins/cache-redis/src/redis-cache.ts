import {
  CacheReporter,
  createKeyMatcher,
  parseTtlMs,
  type Cache,
  type CacheCallOptions,
  type CacheListener,
  type CacheLoadOptions,
  type CacheSetOptions,
  type CacheStatistics,
} from '@postrider/cache';
import type { Clock, Logger } from '@postrider/core';
import type { RedisCacheConfig } from './config.js';
import { parseChangeMessage } from './change-message.js';
import { EntryStore } from './entry-store.js';
import { Flights } from './flights.js';
import type { KeySpace } from './key-space.js';
import { NearTier } from './near-tier.js';
import { orAborted } from './or-aborted.js';
import type { RedisConnection } from './redis-connection.js';
import { TwoTiers } from './two-tiers.js';
import { toText } from './value-text.js';

export interface RedisCacheParams {
  readonly config: RedisCacheConfig;
  readonly connection: RedisConnection;
  readonly keySpace: KeySpace;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this instance among all that share the prefix. */
  readonly instanceId: string;
}

/**
 * A cache in Redis (`EntryStore`) with a small one in front (`TwoTiers`), whose loads are shared (`Flights`).
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
  readonly #tiers: TwoTiers;
  readonly #flights: Flights;
  readonly #reporter: CacheReporter;
  readonly #unsubscribe: () => void;
  #stamps = 0;

  constructor(params: RedisCacheParams) {
    const { config, connection, keySpace, clock, logger, instanceId } = params;
    this.#params = params;
    this.#reporter = new CacheReporter(logger);
    const { nearTtlMs: ttlMs, nearMaxEntries: maxEntries, nearMaxMemoryMb: maxMemoryMb, longestLoadMs } = config;
    this.#near = new NearTier({ ttlMs, maxEntries, maxMemoryMb, clock });
    const nextStamp = () => `${instanceId}.${(this.#stamps += 1).toString(36)}`;
    this.#entries = new EntryStore({ connection, keySpace, nextStamp, longestLoadMs });
    const parts = { entries: this.#entries, near: this.#near };
    this.#tiers = new TwoTiers({ ...parts, instanceId });
    this.#flights = new Flights({ ...parts, config, clock, tiers: this.#tiers, reporter: this.#reporter });
    this.#unsubscribe = connection.subscribe(keySpace.channel, {
      received: (text) => this.#tiers.hear(parseChangeMessage(text)),
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
    const { found } = await orAborted(this.#tiers.find(key), options?.signal);
    if (found === undefined) this.#reporter.miss(key);
    else this.#reporter.hit(key, false);
    return found?.value as Value | undefined;
  }

  async set(key: string, { value, ttl, tags = [], signal }: CacheSetOptions): Promise<boolean> {
    signal?.throwIfAborted();
    const text = toText(value);
    const ttlMs = ttl === undefined ? this.#params.config.defaultTtlMs : parseTtlMs(ttl);
    const change = { kind: 'key', name: key } as const;
    this.#flights.abandon((_, name) => name === key);
    if (Buffer.byteLength(text) > this.#params.config.maxValueBytes) {
      await this.#tiers.change(change, (message) => this.#entries.remove(key, message));
      return false;
    }
    const write = (message: string) => this.#entries.set(key, { text, ttlMs, tags, message });
    await orAborted(this.#tiers.change(change, write), signal);
    this.#reporter.tell({ type: 'stored', key });
    return true;
  }

  async getOrSet<Value>(key: string, options: CacheLoadOptions<Value>): Promise<Value | undefined> {
    options.signal?.throwIfAborted();
    const near = await this.#near.get(key);
    if (near === undefined) return this.#flights.load(key, options);
    this.#reporter.hit(key, false);
    return near.value as Value | undefined;
  }

  async delete(key: string, options?: CacheCallOptions): Promise<boolean> {
    options?.signal?.throwIfAborted();
    this.#flights.abandon((_, name) => name === key);
    const removal = this.#tiers.change({ kind: 'key', name: key }, (message) => this.#entries.remove(key, message));
    const { wasUsable, wasFresh } = await orAborted(removal, options?.signal);
    if (wasUsable) this.#reporter.tell({ type: 'deleted', key });
    return wasFresh;
  }

  async invalidateByTag({ tag, signal }: CacheCallOptions & { readonly tag: string }): Promise<void> {
    signal?.throwIfAborted();
    this.#flights.abandon(({ tags }) => tags.includes(tag));
    const write = (message: string) => this.#entries.invalidateTag(tag, message);
    await orAborted(this.#tiers.change({ kind: 'tag', name: tag }, write), signal);
    this.#reporter.tell({ type: 'tag_invalidated', tag });
  }

  async invalidateByPattern({ pattern, signal }: CacheCallOptions & { readonly pattern: string }): Promise<void> {
    signal?.throwIfAborted();
    const matches = createKeyMatcher(pattern);
    this.#flights.abandon((_, name) => matches(name));
    const write = (message: string) => this.#entries.removeMatching(pattern, message);
    await orAborted(this.#tiers.change({ kind: 'pattern', name: pattern }, write), signal);
    this.#reporter.tell({ type: 'pattern_invalidated', pattern });
  }

  async clear(options?: CacheCallOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    this.#flights.abandon(() => true);
    const write = (message: string) => this.#entries.clear(message);
    await orAborted(this.#tiers.change({ kind: 'clear', name: '' }, write), options?.signal);
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
}
