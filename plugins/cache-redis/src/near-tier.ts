import { createMemoryCache, type Cache } from '@postrider/cache';
import type { Clock } from '@postrider/core';
import type { ChangeMessage } from './change-message.js';

/** What is kept of a value in the memory of the process; without `value` it is known that there is none. */
export interface NearValue {
  readonly value?: unknown;
}

export interface NearTierParams {
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly maxMemoryMb: number;
  readonly clock: Clock;
}

/**
 * Values found in Redis, for a short while, and only as long as changes by others are heard of. What was read before a
 * change and arrives after it is not kept: every change ends an epoch, and a value belongs to the one it was asked for in.
 */
export class NearTier {
  readonly #params: NearTierParams;
  readonly #values: Cache;
  #isOpen = false;
  #epoch = 0;

  constructor(params: NearTierParams) {
    this.#params = params;
    this.#values = createMemoryCache(params);
  }

  get epoch(): number {
    return this.#epoch;
  }

  async get(key: string): Promise<NearValue | undefined> {
    return this.#isOpen ? this.#values.get<NearValue>(key) : undefined;
  }

  async keep(
    key: string,
    entry: { found: NearValue; freshMs: number; tags: readonly string[]; epoch: number },
  ): Promise<void> {
    const ttl = Math.floor(Math.min(entry.freshMs, this.#params.ttlMs));
    if (!this.#isOpen || ttl < 1 || entry.epoch !== this.#epoch) return;
    await this.#values.set(key, { value: entry.found, ttl, tags: entry.tags });
  }

  /** Forgets what a change concerns. */
  async forget({ kind, name }: Pick<ChangeMessage, 'kind' | 'name'>): Promise<void> {
    this.#epoch += 1;
    if (kind === 'key') await this.#values.delete(name);
    else if (kind === 'tag') await this.#values.invalidateByTag({ tag: name });
    else if (kind === 'pattern') await this.#values.invalidateByPattern({ pattern: name });
    else await this.#values.clear();
  }

  /** Changes by others are heard of from now on, or not any more. */
  async setOpen(isOpen: boolean): Promise<void> {
    this.#isOpen = isOpen && this.#params.ttlMs > 0;
    await this.forget({ kind: 'clear', name: '' });
  }
}
