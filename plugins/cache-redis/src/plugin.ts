import { Cache } from '@postrider/cache';
import { bind, Clock, contribute, definePlugin, hintRelays, Random } from '@postrider/core';
import manifest from '../package.json' with { type: 'json' };
import { redisCacheConfig } from './config.js';
import { createRedisCache } from './create-redis-cache.js';

/** Provides `Cache` on Redis, and carries hints between the processes that share it. */
export const plugin = definePlugin({
  name: '@postrider/cache-redis',
  version: manifest.version,
  api: '^1.0.0',
  config: redisCacheConfig,
  provides: [Cache],
  contributes: [hintRelays],
  requires: { clock: Clock, random: Random },
  capabilities: { shared: true, byReference: false },
  setup({ config, deps, logger }) {
    const redis = createRedisCache(config, { ...deps, logger });
    return {
      ports: [bind(Cache, redis.cache)],
      contributions: [contribute(hintRelays, redis.hints)],
      start: async () => redis.start(),
      stop: async () => redis.close(),
    };
  },
});
