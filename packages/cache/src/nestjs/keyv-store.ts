import { escapeKeyPattern } from '../key-pattern.js';
import type { Cache } from '../ports/cache.js';

/** What Keyv 5 and 6 want of a store. */
export interface KeyvStore {
  readonly opts: Readonly<Record<string, unknown>>;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs?: number): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  has(key: string): Promise<boolean>;
  clear(): Promise<void>;
}

/** How a Keyv uses a cache. */
export interface KeyvStoreOptions {
  /** What all of its keys begin with, and what its `clear` is limited to; `'keyv:'` by default. */
  readonly prefix?: string | undefined;
}

const longestTtlMs = 365 * 86_400_000;

/**
 * The cache as a store of Keyv, and so of `@nestjs/cache-manager`: its limits, statistics and patterns then cover what
 * is cached there. A value that Keyv stores without a TTL gets that of the cache.
 */
export function createKeyvStore(cache: Cache, { prefix = 'keyv:' }: KeyvStoreOptions = {}): KeyvStore {
  return {
    opts: { dialect: 'postrider' },
    get: (key) => cache.get(prefix + key),
    set: (key, value, ttlMs) => {
      if (value === undefined) return cache.delete(prefix + key);
      const ttl = ttlMs === undefined || ttlMs <= 0 ? undefined : Math.min(Math.ceil(ttlMs), longestTtlMs);
      return cache.set(prefix + key, { value, ttl });
    },
    delete: (key) => cache.delete(prefix + key),
    has: async (key) => (await cache.get(prefix + key)) !== undefined,
    clear: () => cache.invalidateByPattern({ pattern: `${escapeKeyPattern(prefix)}*` }),
  };
}
