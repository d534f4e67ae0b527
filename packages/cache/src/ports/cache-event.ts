/** Something that happened in a cache. Keys and tags may name customers: never use them as labels of metrics. */
export type CacheEvent =
  /** A value was found; `stale` ones are past their TTL and being loaded again. */
  | { readonly type: 'hit'; readonly key: string; readonly stale: boolean }
  | { readonly type: 'miss'; readonly key: string }
  | { readonly type: 'stored'; readonly key: string }
  /** By `delete`; not for keys that were not there. */
  | { readonly type: 'deleted'; readonly key: string }
  /** A usable value had to make room for others. */
  | { readonly type: 'evicted'; readonly key: string }
  /** The time of a value was over; reported when the cache notices, which may be much later. */
  | { readonly type: 'expired'; readonly key: string }
  | { readonly type: 'tag_invalidated'; readonly tag: string }
  | { readonly type: 'pattern_invalidated'; readonly pattern: string }
  | { readonly type: 'cleared' }
  /** The `load` of a `getOrSet` rejected; who waited for it got the same error. */
  | { readonly type: 'load_failed'; readonly key: string; readonly error: unknown };

/** Hears of events, in the call that causes them. Should be quick; what it throws is logged and dropped. */
export type CacheListener = (event: CacheEvent) => void;
