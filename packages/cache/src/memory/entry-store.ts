import { LRUCache } from 'lru-cache';
import { areCurrent, type TagGeneration, type TagGenerations } from './tag-generations.js';

/** A value and until when it may be returned, on the monotonic clock. */
export interface Entry {
  readonly value: unknown;
  readonly freshUntilMs: number;
  /** From `freshUntilMs` to here only `getOrSet` may return it. The same as `freshUntilMs` when it may not. */
  readonly staleUntilMs: number;
  readonly generations: readonly TagGeneration[];
  readonly bytes: number;
}

/** Why an entry that was still in the store is gone. */
export type LossReason = 'evicted' | 'expired';

interface EntryStoreParams {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly tags: TagGenerations;
  readonly nowMs: () => number;
  /** An entry made room or was found to be over. Runs when the store is consistent again. */
  readonly onLoss: (key: string, reason: LossReason) => void;
}

/**
 * The entries of a memory cache within its limits, least recently used first to go. Entries whose time is over or whose
 * tag was invalidated stay until somebody asks for them, they make room, or `sweep` runs; they are never handed out.
 */
export class EntryStore {
  readonly #lru: LRUCache<string, Entry>;
  readonly #nowMs: () => number;
  readonly #onLoss: (key: string, reason: LossReason) => void;

  constructor({ maxEntries, maxBytes, tags, nowMs, onLoss }: EntryStoreParams) {
    this.#nowMs = nowMs;
    this.#onLoss = onLoss;
    this.#lru = new LRUCache<string, Entry>({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      // After, and not while it happens: listeners may call the cache again.
      disposeAfter: (entry, key, reason) => {
        if (entry.generations.length > 0) tags.release(entry.generations);
        if (reason === 'evict') this.#reportRoomMade(key, entry);
      },
    });
  }

  get size(): number {
    return this.#lru.size;
  }

  get bytes(): number {
    return this.#lru.calculatedSize;
  }

  /** The entry if it can be returned, fresh or stale; one that cannot is removed. */
  get(key: string, nowMs: number): Entry | undefined {
    const entry = this.#lru.get(key);
    if (entry === undefined) return undefined;
    if (nowMs < entry.staleUntilMs && areCurrent(entry.generations)) return entry;
    this.#removeUnusable(key, entry, nowMs);
    return undefined;
  }

  set(key: string, entry: Entry): void {
    this.#lru.set(key, entry);
  }

  delete(key: string): void {
    this.#lru.delete(key);
  }

  keys(): readonly string[] {
    return [...this.#lru.keys()];
  }

  clear(): void {
    this.#lru.clear();
  }

  /** Removes what cannot be returned any more. */
  sweep(): void {
    const nowMs = this.#nowMs();
    for (const [key, entry] of [...this.#lru.entries()]) {
      if (nowMs >= entry.staleUntilMs || !areCurrent(entry.generations)) this.#removeUnusable(key, entry, nowMs);
    }
  }

  #removeUnusable(key: string, entry: Entry, nowMs: number): void {
    this.#lru.delete(key);
    if (nowMs >= entry.staleUntilMs) this.#onLoss(key, 'expired');
  }

  #reportRoomMade(key: string, { staleUntilMs, generations }: Entry): void {
    if (this.#nowMs() >= staleUntilMs) this.#onLoss(key, 'expired');
    else if (areCurrent(generations)) this.#onLoss(key, 'evicted');
  }
}
