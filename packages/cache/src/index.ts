// The port
export {
  Cache,
  type CacheCallOptions,
  type CacheCapabilities,
  type CacheLoadOptions,
  type CacheSetOptions,
} from './ports/cache.js';
export type { CacheEvent, CacheListener } from './ports/cache-event.js';
export type { CacheStatistics } from './ports/cache-statistics.js';

// The memory cache
export { createMemoryCache } from './memory/memory-cache.js';
export type { MemoryCacheOptions } from './memory/memory-cache-options.js';

// For adapters of the port
export { CacheReporter } from './memory/cache-reporter.js';
export { SharedLoad } from './memory/shared-load.js';

// Keys, patterns, TTLs and errors: for callers and for adapters of the port
export { cacheKey } from './cache-key.js';
export { createKeyMatcher, escapeKeyPattern, type KeyMatcher } from './key-pattern.js';
export { parseTtlMs, type Ttl } from './ttl.js';
export { cacheError, cacheErrorCodes, type CacheErrorCode } from './errors.js';
