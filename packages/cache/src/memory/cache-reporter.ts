import type { Logger } from '@postrider/core';
import type { CacheEvent, CacheListener } from '../ports/cache-event.js';
import type { CacheStatistics } from '../ports/cache-statistics.js';
import type { LossReason } from './entry-store.js';

type Counters = Omit<CacheStatistics, 'hitRate' | 'available' | 'entries' | 'bytes' | 'maxEntries' | 'maxBytes'>;

/** Counts what happens in a cache and tells its listeners. An event that nobody listens to is not even made. */
export class CacheReporter {
  readonly #logger: Logger;
  readonly #listeners = new Set<{ readonly listener: CacheListener }>();
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #expirations = 0;
  #loads = 0;
  #loadFailures = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get counters(): Counters {
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      expirations: this.#expirations,
      loads: this.#loads,
      loadFailures: this.#loadFailures,
    };
  }

  hit(key: string, stale: boolean): void {
    this.#hits += 1;
    if (this.#listeners.size > 0) this.tell({ type: 'hit', key, stale });
  }

  miss(key: string): void {
    this.#misses += 1;
    if (this.#listeners.size > 0) this.tell({ type: 'miss', key });
  }

  loss(key: string, reason: LossReason): void {
    if (reason === 'evicted') this.#evictions += 1;
    else this.#expirations += 1;
    if (this.#listeners.size > 0) this.tell({ type: reason, key });
  }

  loadStarted(): void {
    this.#loads += 1;
  }

  loadFailed(key: string, error: unknown): void {
    this.#loadFailures += 1;
    this.tell({ type: 'load_failed', key, error });
  }

  subscribe(listener: CacheListener): () => void {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  tell(event: CacheEvent): void {
    for (const { listener } of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#logger.error('A cache listener threw; the others were still told', { error });
      }
    }
  }
}
