export { CacheModule, type CacheModuleAsyncOptions, type CacheModuleOptions } from './cache.module.js';
export { CACHE, InjectCache } from './inject-cache.js';
export { Cacheable, type CacheableOptions } from './cacheable.js';
export { CacheEvict, type CacheEvictOptions } from './cache-evict.js';
export { CachePut, type CachePutOptions } from './cache-put.js';
export type { CachedMethod, MethodDecoratorOf, MethodKey } from './cached-method.js';
export { createKeyvStore, type KeyvStore, type KeyvStoreOptions } from './keyv-store.js';
