import type { Clock, Logger } from '@postrider/core';
import { cacheError } from '@postrider/cache';
import { createClient, defineScript } from 'redis';
import { Circuit } from './circuit.js';
import { invalidateScript, landScript, lookupScript, patternScript, removeScript, setScript } from './lua.js';

export interface RedisConnectionParams {
  readonly url: string;
  /** The longest that a call waits. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who hears of messages. */
export interface ChannelListener {
  readonly received: (message: string) => void;
  /** Messages come from here on; some may have been lost before. */
  readonly connected: () => void;
  /** Messages do not come any more. */
  readonly lost: () => void;
}

/** A connection over which nothing came for so long is dead, though nobody has closed it. */
const socketTimeoutMs = 3_000;
const pingIntervalMs = 1_000;
const longestReconnectDelayMs = 1_000;
const maxQueuedCommands = 10_000;

const script = (source: string, keys: number) =>
  defineScript({
    SCRIPT: source,
    NUMBER_OF_KEYS: keys,
    parseCommand: (
      parser: { pushKey(key: string): void; push(...args: string[]): void },
      names: readonly string[],
      args: readonly string[],
    ) => {
      for (const name of names) parser.pushKey(name);
      parser.push(...args);
    },
    transformReply: (reply: unknown): unknown => reply,
  });

const scripts = {
  lookup: script(lookupScript, 3),
  store: script(setScript, 3),
  land: script(landScript, 3),
  remove: script(removeScript, 3),
  invalidate: script(invalidateScript, 1),
  notePattern: script(patternScript, 1),
};

type ScriptCall = (keys: readonly string[], args: readonly string[]) => Promise<unknown>;

/** What is used of the client. */
export interface RedisCommands {
  readonly isOpen: boolean;
  readonly isReady: boolean;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'ready' | 'end', listener: () => void): unknown;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  scan(
    cursor: string,
    options: { readonly MATCH: string; readonly COUNT: number },
  ): Promise<{ readonly cursor: string; readonly keys: readonly string[] }>;
  readonly lookup: ScriptCall;
  readonly store: ScriptCall;
  readonly land: ScriptCall;
  readonly remove: ScriptCall;
  readonly invalidate: ScriptCall;
  readonly notePattern: ScriptCall;
}

function createRedisClient(url: string): RedisCommands {
  return createClient({
    url,
    scripts,
    // A command that cannot be sent fails at once: nobody wants its answer later.
    disableOfflineQueue: true,
    commandsQueueMaxLength: maxQueuedCommands,
    maintNotifications: 'disabled',
    pingInterval: pingIntervalMs,
    socket: {
      connectTimeout: socketTimeoutMs,
      socketTimeout: socketTimeoutMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), longestReconnectDelayMs),
    },
  });
}

/**
 * Two connections to one Redis: for commands, behind a circuit and a timeout, and for messages. Both come back by
 * themselves however long Redis is away.
 */
export class RedisConnection {
  readonly #params: RedisConnectionParams;
  readonly #commands: RedisCommands;
  readonly #subscriber: RedisCommands;
  readonly #circuit: Circuit;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  #isSubscribed = false;
  #pending = 0;
  #hasClosed = false;

  constructor(params: RedisConnectionParams) {
    this.#params = params;
    this.#circuit = new Circuit(params.clock);
    this.#commands = createRedisClient(params.url);
    this.#subscriber = createRedisClient(params.url);
    this.#watch();
  }

  /** Begins to connect, in the background. */
  start(): void {
    this.#commands.connect().catch(() => undefined);
    this.#subscriber.connect().catch(() => undefined);
  }

  close(): void {
    this.#hasClosed = true;
    for (const client of [this.#commands, this.#subscriber]) if (client.isOpen) client.destroy();
    this.#setSubscribed(false);
  }

  /** Whether calls are let through and messages arrive. */
  get isAvailable(): boolean {
    return this.#circuit.isClosed && this.#commands.isReady;
  }

  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Calls that wait for an answer. */
  get pending(): number {
    return this.#pending;
  }

  /** Rejects with `CACHE_UNAVAILABLE`, at once while the circuit is open, else after `timeoutMs` at the latest. */
  async call<Reply>(command: (client: RedisCommands) => Promise<Reply>): Promise<Reply> {
    if (!this.#circuit.tryEnter()) throw unavailable('it did not answer a moment ago');
    this.#pending += 1;
    try {
      const reply = await this.#withinTimeout(command(this.#commands));
      this.#circuit.succeeded();
      return reply;
    } catch (cause) {
      this.#circuit.failed();
      throw unavailable('it cannot be reached, did not answer in time or refused', cause);
    } finally {
      this.#pending -= 1;
    }
  }

  /** Returns the function that ends it. */
  subscribe(channel: string, listener: ChannelListener): () => void {
    const known = this.#listeners.get(channel);
    if (known === undefined) {
      this.#listeners.set(channel, new Set([listener]));
      if (this.#subscriber.isReady) this.#listen(channel).then(listener.connected, () => undefined);
    } else {
      known.add(listener);
      if (this.#isSubscribed) listener.connected();
    }
    return () => void this.#listeners.get(channel)?.delete(listener);
  }

  #watch(): void {
    const { logger } = this.#params;
    this.#commands.on('error', (error: Error) =>
      logger.debug('The connection of the cache to Redis failed', { error }),
    );
    this.#subscriber.on('error', (error: Error) => {
      if (this.#isSubscribed) logger.warn('Redis is away: the cache goes on without it, and comes back', { error });
      this.#setSubscribed(false);
    });
    this.#subscriber.on('end', () => this.#setSubscribed(false));
    this.#subscriber.on('ready', () => {
      Promise.all([...this.#listeners.keys()].map((channel) => this.#listen(channel))).then(
        () => this.#setSubscribed(true),
        () => undefined,
      );
    });
  }

  async #listen(channel: string): Promise<void> {
    // The client subscribes again by itself after a reconnect; a second listener would hear everything twice.
    await this.#subscriber.unsubscribe(channel);
    await this.#subscriber.subscribe(channel, (message) => {
      for (const { received } of this.#listeners.get(channel) ?? []) received(message);
    });
  }

  #setSubscribed(isSubscribed: boolean): void {
    if (isSubscribed === this.#isSubscribed || (isSubscribed && this.#hasClosed)) return;
    this.#isSubscribed = isSubscribed;
    for (const listener of [...this.#listeners.values()].flatMap((some) => [...some])) {
      if (isSubscribed) listener.connected();
      else listener.lost();
    }
  }

  async #withinTimeout<Reply>(reply: Promise<Reply>): Promise<Reply> {
    const { clock, timeoutMs } = this.#params;
    return new Promise((resolve, reject) => {
      const timer = clock.setTimeout(() => reject(new Error(`No answer within ${String(timeoutMs)} ms.`)), timeoutMs);
      reply.then(resolve, reject).finally(() => timer.cancel());
    });
  }
}

function unavailable(why: string, cause?: unknown): Error {
  return cacheError('CACHE_UNAVAILABLE', `Redis is not available: ${why}. Check the URL and the server.`, { cause });
}
