import { createClient, defineScript } from 'redis';
import type { RedisStateConfig } from './config.js';
import { breakerScript } from './lua/breaker.js';
import { limiterScript } from './lua/limiter.js';

const PING_INTERVAL_MS = 5_000;
/** No answer to three pings: the connection is dead, though nobody closed it. */
const SOCKET_TIMEOUT_MS = 16_000;
const LONGEST_RECONNECT_MS = 2_000;
/** Calls that time out stay in the queue of the connection until that is closed. */
const MAX_QUEUED_COMMANDS = 10_000;

interface ScriptParser {
  pushKey(key: string): void;
  push(...args: string[]): void;
}

/** What is used of the client. */
export interface RedisClient {
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** JSON in, JSON out: see the script. */
  breaker(key: string, args: readonly string[]): Promise<string>;
  /** Four numbers in, four out: see the script. */
  limiter(key: string, args: readonly string[]): Promise<readonly number[]>;
}

const parseCommand = (parser: ScriptParser, key: string, args: readonly string[]): void => {
  parser.pushKey(key);
  parser.push(...args);
};

const scripts = {
  breaker: defineScript({
    SCRIPT: breakerScript,
    NUMBER_OF_KEYS: 1,
    parseCommand,
    transformReply: String,
  }),
  limiter: defineScript({
    SCRIPT: limiterScript,
    NUMBER_OF_KEYS: 1,
    parseCommand,
    transformReply: (reply: unknown): readonly number[] => (Array.isArray(reply) ? reply.map(Number) : []),
  }),
};

/**
 * A client that fails at once while there is no connection, and reconnects for ever. A script that the server has lost
 * (it was restarted or flushed) is sent again by the client itself.
 */
export function createRedisClient({ url, connectTimeoutMs }: RedisStateConfig, random: () => number): RedisClient {
  return createClient({
    url,
    scripts,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_QUEUED_COMMANDS,
    maintNotifications: 'disabled',
    pingInterval: PING_INTERVAL_MS,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: SOCKET_TIMEOUT_MS,
      reconnectStrategy: (retries) =>
        Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_RECONNECT_MS) * (0.5 + random()),
    },
  });
}
