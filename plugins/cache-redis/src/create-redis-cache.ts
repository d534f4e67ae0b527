import type { Cache } from '@postrider/cache';
import {
  silentLogger,
  systemClock,
  systemRandom,
  type Clock,
  type HintRelay,
  type Logger,
  type Random,
} from '@postrider/core';
import { redisCacheConfig, type RedisCacheOptions } from './config.js';
import { createKeySpace } from './key-space.js';
import { RedisCache } from './redis-cache.js';
import { RedisConnection } from './redis-connection.js';
import { createRedisHintRelay } from './redis-hint-relay.js';

/** What the cache needs from its host; everything has a default. */
export interface RedisCacheDependencies {
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly logger?: Logger | undefined;
}

/** A cache with its connections. */
export interface OpenableCache {
  readonly cache: Cache;
  /** Carries hints to the other processes with the same prefix. */
  readonly hints: HintRelay;
  /** Begins to connect, in the background: without Redis everything works, uncached. */
  start(): void;
  /** Closes the connections; what is under way fails. */
  close(): void;
}

const instanceIdBytes = 9;

/** Builds a cache on Redis. Does not connect before `start`. Throws when an option is out of range. */
export function createRedisCache(options: RedisCacheOptions = {}, deps: RedisCacheDependencies = {}): OpenableCache {
  const config = redisCacheConfig.parse(options);
  const { clock = systemClock, random = systemRandom, logger = silentLogger } = deps;
  const instanceId = Buffer.from(random.bytes(instanceIdBytes)).toString('base64url');
  const connection = new RedisConnection({ ...config, clock, logger });
  const keySpace = createKeySpace(config.prefix);
  const cache = new RedisCache({ config, connection, keySpace, clock, logger, instanceId });
  return {
    cache,
    hints: createRedisHintRelay({ connection, channel: keySpace.hintChannel, instanceId }),
    start: () => connection.start(),
    close: () => {
      cache.close();
      connection.close();
    },
  };
}
