import { randomBytes } from 'node:crypto';
import { silentLogger, systemClock } from '@postrider/core';
import type { CacheHarness } from '@postrider/cache/testing';
import { redisCacheConfig, type RedisCacheOptions } from '../../src/config.js';
import { createKeySpace } from '../../src/key-space.js';
import { RedisCache } from '../../src/redis-cache.js';
import { RedisConnection } from '../../src/redis-connection.js';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Caches on one Redis, each with keys of its own, over connections that they share. */
export class TestCaches {
  readonly #url: string;
  readonly #options: RedisCacheOptions;
  #connection: RedisConnection | undefined;

  constructor(url: string, options: RedisCacheOptions = {}) {
    this.#url = url;
    this.#options = options;
  }

  async create(): Promise<RedisCache> {
    const connection = await this.#connect();
    const prefix = `test-${randomBytes(8).toString('hex')}`;
    const config = redisCacheConfig.parse({ ...this.#options, url: this.#url, prefix });
    const instanceId = randomBytes(6).toString('hex');
    const keySpace = createKeySpace(prefix);
    return new RedisCache({ config, connection, keySpace, clock: systemClock, logger: silentLogger, instanceId });
  }

  /** Lets time pass, and then what is under way to Redis arrive. */
  async advance(durationMs: number): Promise<void> {
    if (durationMs > 0) await systemClock.sleep({ delayMs: durationMs });
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await nextTurn();
      while ((this.#connection?.pending ?? 0) > 0) {
        await nextTurn();
        quiet = 0;
      }
    }
  }

  async close(): Promise<void> {
    this.#connection?.close();
  }

  harness(name: string): CacheHarness {
    return {
      name,
      capabilities: { shared: true, byReference: false },
      unitMs: 200,
      modelRuns: 5,
      create: () => this.create(),
      advance: (durationMs) => this.advance(durationMs),
      close: () => this.close(),
    };
  }

  async #connect(): Promise<RedisConnection> {
    if (this.#connection === undefined) {
      const params = { url: this.#url, timeoutMs: 5_000, clock: systemClock, logger: silentLogger };
      this.#connection = new RedisConnection(params);
      this.#connection.start();
    }
    while (!this.#connection.isSubscribed || !this.#connection.isAvailable) await nextTurn();
    return this.#connection;
  }
}
