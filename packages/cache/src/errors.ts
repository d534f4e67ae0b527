import { createErrorFactory, defineErrorCodes, type ErrorFactory } from '@postrider/core';

/** The codes of this package and of every adapter of its port. */
export const cacheErrorCodes = defineErrorCodes({
  CACHE_OPTIONS_INVALID: { summary: 'A TTL, a limit or another option of a cache is out of range.', retryable: false },
  CACHE_KEY_UNSUPPORTED: { summary: 'A cache key cannot be made from a value.', retryable: false },
  CACHE_VALUE_INVALID: { summary: 'A cache cannot keep a value.', retryable: false },
  CACHE_UNAVAILABLE: { summary: 'The cache cannot be reached or does not answer in time.', retryable: true },
});

/** A code that caches throw. */
export type CacheErrorCode = keyof typeof cacheErrorCodes;

/** Builds an error of this package's codes; for adapters of the port. */
export const cacheError: ErrorFactory<CacheErrorCode> = createErrorFactory(cacheErrorCodes);
