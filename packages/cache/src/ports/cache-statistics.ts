/** What a cache has done since it was made (counters, for this instance), and what it holds now. */
export interface CacheStatistics {
  /** Lookups by `get` and `getOrSet` that found something, known absences and stale values included. */
  readonly hits: number;
  /** Lookups that found nothing usable. Each caller that waits for a shared load counts. */
  readonly misses: number;
  /** Hits ÷ lookups, from 0 to 1; `undefined` before the first lookup. */
  readonly hitRate: number | undefined;
  /** Usable values that had to make room for others. */
  readonly evictions: number;
  /** Values removed because their time was over; counted when the cache notices. */
  readonly expirations: number;
  /** Calls of a `load` function. */
  readonly loads: number;
  /** Those of them that rejected. */
  readonly loadFailures: number;
  /** Whether the adapter reaches what it keeps values in; while it does not, everything is loaded. Memory always does. */
  readonly available: boolean;
  /** Values held now; `undefined` where the adapter cannot tell. */
  readonly entries: number | undefined;
  /** Their estimated size in bytes, keys and bookkeeping included; `undefined` where the adapter cannot tell. */
  readonly bytes: number | undefined;
  /** The limit of `entries`, when there is one. */
  readonly maxEntries: number | undefined;
  /** The limit of `bytes`, when there is one. */
  readonly maxBytes: number | undefined;
}
