import { applicationTag, type Clock, type EndpointStore } from '@postrider/core';
import { LRUCache } from 'lru-cache';
import { RoutingTable } from './routing-table.js';

export interface RouteCacheOptions {
  /** Tables older than this are not used: the bound on staleness. */
  readonly ttlMs: number;
  /** Endpoints kept, over all tables. */
  readonly maxEndpoints: number;
}

interface Entry {
  readonly table: RoutingTable;
  /** On the monotonic clock, when the read of the table began. */
  readonly readAtMs: number;
}

/** What a route cache has done since it was made, and what it holds. */
export interface RouteCacheStats {
  readonly hits: number;
  /** Publishes and attempts that had to wait for storage. */
  readonly misses: number;
  /** Tables that made room for others. */
  readonly evictions: number;
  /** Tables that were read anew because their time was over, not counting those refreshed before. */
  readonly expirations: number;
  readonly tables: number;
  readonly endpoints: number;
  /** The limit of `endpoints`. */
  readonly maxEndpoints: number;
}

/** A table is read anew in the background when it has lived through this part of its time. */
const refreshAfter = 0.75;
const applicationTagPrefix = applicationTag('');

/**
 * Routing tables by application, each at most `ttlMs` old. Callers that miss the same table share one read. A table
 * in use is refreshed before it expires, so that a busy application waits for storage only once.
 */
export class RouteCache {
  readonly #store: Pick<EndpointStore, 'loadRoutes'>;
  readonly #clock: Clock;
  readonly #options: RouteCacheOptions;
  readonly #entries: LRUCache<string, Entry>;
  readonly #reads = new Map<string, Promise<RoutingTable | undefined>>();
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #expirations = 0;

  constructor(deps: { store: Pick<EndpointStore, 'loadRoutes'>; clock: Clock }, options: RouteCacheOptions) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#options = options;
    this.#entries = new LRUCache({
      maxSize: options.maxEndpoints,
      maxEntrySize: Number.MAX_SAFE_INTEGER,
      sizeCalculation: ({ table }) => 1 + table.size,
      dispose: (_, __, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  get stats(): RouteCacheStats {
    const { size: tables, calculatedSize } = this.#entries;
    const { maxEndpoints } = this.#options;
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      expirations: this.#expirations,
      tables,
      endpoints: calculatedSize - tables,
      maxEndpoints,
    };
  }

  /** The table if it is at hand and fresh: no promise, no wait. */
  peek(applicationId: string): RoutingTable | undefined {
    const entry = this.#entries.get(applicationId);
    if (entry === undefined) return undefined;
    const ageMs = this.#clock.monotonicMs() - entry.readAtMs;
    if (ageMs >= this.#options.ttlMs) return undefined;
    if (ageMs >= this.#options.ttlMs * refreshAfter && !this.#reads.has(applicationId)) {
      // A failed refresh is no failure yet: the reader that finds the table expired will meet it, or a healed store.
      this.#read(applicationId).catch(() => undefined);
    }
    this.#hits += 1;
    return entry.table;
  }

  /** The table, read if need be; `undefined` when there is no such application. Rejects as `loadRoutes` does. */
  async get(applicationId: string): Promise<RoutingTable | undefined> {
    const table = this.peek(applicationId);
    if (table !== undefined) return table;
    this.#misses += 1;
    return this.#reads.get(applicationId) ?? this.#read(applicationId);
  }

  /** Forgets a table; a read under way is still answered to those who wait for it, but not kept. */
  invalidate(applicationId: string): void {
    this.#entries.delete(applicationId);
    this.#reads.delete(applicationId);
  }

  /** Forgets the table that the tag names, if it names one. */
  invalidateTag(tag: string): void {
    if (tag.startsWith(applicationTagPrefix)) this.invalidate(tag.slice(applicationTagPrefix.length));
  }

  /** Forgets every table. */
  clear(): void {
    this.#entries.clear();
    this.#reads.clear();
  }

  #read(applicationId: string): Promise<RoutingTable | undefined> {
    let read: Promise<RoutingTable | undefined> | undefined = undefined;
    const isCurrent = (): boolean => read !== undefined && this.#reads.get(applicationId) === read;
    read = this.#load(applicationId, isCurrent);
    this.#reads.set(applicationId, read);
    return read;
  }

  async #load(applicationId: string, isCurrent: () => boolean): Promise<RoutingTable | undefined> {
    const readAtMs = this.#clock.monotonicMs();
    const known = this.#entries.peek(applicationId);
    if (known !== undefined && readAtMs - known.readAtMs >= this.#options.ttlMs) this.#expirations += 1;
    try {
      const routes = await this.#store.loadRoutes({ applicationId });
      if (routes === undefined) {
        if (isCurrent()) this.#entries.delete(applicationId);
        return undefined;
      }
      const table = new RoutingTable(routes, this.#entries.peek(applicationId)?.table);
      if (isCurrent()) this.#entries.set(applicationId, { table, readAtMs });
      return table;
    } finally {
      if (isCurrent()) this.#reads.delete(applicationId);
    }
  }
}
