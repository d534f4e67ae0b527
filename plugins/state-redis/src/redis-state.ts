import type { Logger } from '@postrider/core';
import { createFailoverState, withTimeout, type CallClock, type SharedState } from '@postrider/resilience';
import { redisStateConfig, type RedisStateOptions } from './config.js';
import { createRedisClient } from './redis-client.js';
import { RedisStore } from './redis-store.js';

/** What the state needs of its host. */
export interface RedisStateDependencies {
  /** The `Clock` port of `@postrider/core` fits. */
  readonly clock: CallClock;
  /** Numbers in [0, 1), for jitter. */
  readonly random: () => number;
  readonly logger?: Logger | undefined;
}

/** A shared state that has a connection. */
export interface RedisState extends SharedState {
  /**
   * Opens the connection. Resolves when it is there, or after `connectTimeoutMs` without one: the state then works from
   * the memory of this process, and connects as soon as it can. Rejects only with the reason of the signal.
   */
  connect(params?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Closes the connection at once; safe to call twice and without one. The state goes on from memory. */
  close(): Promise<void>;
}

/**
 * Breaker and limiter state in Redis, behind a failover: no call fails or waits longer than `timeoutMs` because of Redis.
 * Makes no I/O before `connect`. Options that make no sense are refused by `redisStateConfig`.
 */
export function createRedisState(options: RedisStateOptions, deps: RedisStateDependencies): RedisState {
  const config = redisStateConfig.parse(options);
  const { clock, random, logger } = deps;
  const client = createRedisClient(config, random);
  // Without a listener an error would end the process. What matters of it, the failover tells.
  client.on('error', (error: Error) => logger?.debug('the connection to Redis failed', { error: error.message }));

  const state = createFailoverState({
    remote: new RedisStore({ client, keyPrefix: config.keyPrefix, clock, random }),
    clock,
    random,
    timeoutMs: config.timeoutMs,
    replicas: config.replicas,
    onModeChange: ({ mode, failure }) => {
      if (mode === 'shared') {
        logger?.info('Redis is back: breakers and limits are shared again');
        return;
      }
      const reason = failure instanceof Error ? failure.message : 'unknown';
      logger?.warn('Redis is away: each process decides on breakers and limits for itself', { reason });
    },
  });
  return {
    capabilities: state.capabilities,
    acquire: (params) => state.acquire(params),
    recordOutcome: (params) => state.recordOutcome(params),
    readBreaker: (params) => state.readBreaker(params),
    forceBreaker: (params) => state.forceBreaker(params),
    acquireUnits: (params) => state.acquireUnits(params),
    readLimit: (params) => state.readLimit(params),
    statistics: () => state.statistics(),
    connect: async ({ signal } = {}) => {
      // It goes on trying after the timeout, until `close`.
      const connected = client.connect();
      await withTimeout(() => connected, { timeoutMs: config.connectTimeoutMs, signal, clock }).catch(() =>
        signal?.throwIfAborted(),
      );
    },
    close: async () => {
      if (client.isOpen) client.destroy();
    },
  };
}
