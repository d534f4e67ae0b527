import type { Clock } from '@postrider/core';
import { LRUCache } from 'lru-cache';
import { toCacheClock } from './cache-clock.js';

export interface ReadThroughOptions<T> {
  /** Values older than this are not used, counted from the beginning of their read. */
  readonly ttlMs: number;
  readonly maxEntries: number;
  /** `previous` is what was read before, however old; it may be given back. */
  readonly load: (key: string, previous: T | undefined) => Promise<T>;
}

interface Entry<T> {
  readonly value: T;
  readonly readAtMs: number;
}

/** Values of this process by key, read when they are wanted; those who miss the same one share a read. */
export class ReadThrough<T> {
  readonly #options: ReadThroughOptions<T>;
  readonly #now: () => number;
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #reads = new Map<string, Promise<T>>();

  constructor(clock: Clock, options: ReadThroughOptions<T>) {
    this.#options = options;
    const cacheClock = toCacheClock(clock);
    this.#now = () => cacheClock.now();
    this.#entries = new LRUCache({ max: options.maxEntries });
  }

  /** The value if it is at hand. */
  peek(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && this.#now() - entry.readAtMs < this.#options.ttlMs ? entry.value : undefined;
  }

  /** Rejects as the read does, which is then tried again by the next caller. */
  get(key: string): Promise<T> {
    const known = this.peek(key);
    if (known !== undefined) return Promise.resolve(known);
    const reading = this.#reads.get(key);
    if (reading !== undefined) return reading;
    const read = this.#read(key).finally(() => {
      if (this.#reads.get(key) === read) this.#reads.delete(key);
    });
    this.#reads.set(key, read);
    return read;
  }

  /** Has it read anew. What a read under way brings is not kept. */
  forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, readAtMs: -Infinity });
    this.#reads.delete(key);
  }

  /** As `forget`, for all. */
  forgetAll(): void {
    for (const key of [...this.#entries.keys(), ...this.#reads.keys()]) this.forget(key);
  }

  async #read(key: string): Promise<T> {
    const readAtMs = this.#now();
    // Begun in a later turn, so that the read is known as the current one before it ends.
    await Promise.resolve();
    const own = this.#reads.get(key);
    const value = await this.#options.load(key, this.#entries.get(key)?.value);
    if (own !== undefined && this.#reads.get(key) === own) this.#entries.set(key, { value, readAtMs });
    return value;
  }
}
