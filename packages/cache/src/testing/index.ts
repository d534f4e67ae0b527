export { createChaosCache, type ChaosCacheOptions } from './chaos-cache.js';
export type { CacheHarness } from './cache-conformance/cache-harness.js';
export { describeCacheConformance } from './cache-conformance/describe-cache-conformance.js';
