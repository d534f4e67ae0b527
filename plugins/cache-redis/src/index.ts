export { plugin as default } from './plugin.js';
export { redisCacheConfig, type RedisCacheConfig, type RedisCacheOptions } from './config.js';
export { createRedisCache, type OpenableCache, type RedisCacheDependencies } from './create-redis-cache.js';
