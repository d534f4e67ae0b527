import type { Clock, Timer } from '@postrider/core';

/** How a `GroupCommit` forms and commits its batches. */
export interface GroupCommitOptions<Item> {
  /** Most items in one batch. */
  readonly maxBatchSize: number;
  /** Commits that may run at once. */
  readonly concurrency: number;
  /**
   * Commits a batch and tells every item's owner how it ended. Must not reject: a failure belongs to the items of
   * its batch, not to the ones behind them.
   */
  readonly commit: (batch: Item[]) => Promise<void>;
  /**
   * How long a batch that is not full waits for company, where nobody waits for its items. Default: not at all.
   * One timer per batch, none per item.
   */
  readonly linger?: { readonly clock: Clock; readonly lingerMs: number } | undefined;
  /** No two items of one batch share a key; the later one waits for the next batch. */
  readonly keysOf?: (item: Item) => readonly string[];
}

/**
 * Turns single writes into batches without a timer: what arrives while a commit runs is the next batch. Under low load
 * an item is committed alone and at once; under high load batches grow until the store keeps up.
 *
 * A batch starts at the end of the current turn of the event loop (`setImmediate`), so that everything which one poll
 * brought in goes together, also on stores whose commit blocks the loop. Items are committed in the order of arrival.
 */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>;
  #queue: Item[] = [];
  #running = 0;
  #scheduled = false;
  #lingering: Timer | undefined;
  #idleWaiters: (() => void)[] = [];

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options;
  }

  /** Items that wait for a batch; those of running commits are not counted. */
  get queued(): number {
    return this.#queue.length;
  }

  push(item: Item): void {
    this.#queue.push(item);
    this.#schedule();
  }

  /** Resolves once nothing is queued and no commit runs. Until then no batch lingers. */
  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve);
      this.#schedule();
    });
  }

  #isIdle(): boolean {
    return this.#running === 0 && this.#queue.length === 0;
  }

  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#options.concurrency || this.#queue.length === 0) return;
    const { linger, maxBatchSize } = this.#options;
    if (linger === undefined || this.#queue.length >= maxBatchSize || this.#idleWaiters.length > 0) {
      this.#commitSoon();
    } else {
      this.#lingering ??= linger.clock.setTimeout(() => this.#commitSoon(), linger.lingerMs);
    }
  }

  #commitSoon(): void {
    this.#lingering?.cancel();
    this.#lingering = undefined;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#commitNext();
    });
  }

  async #commitNext(): Promise<void> {
    const batch = this.#takeBatch();
    this.#running += 1;
    this.#schedule();
    try {
      await this.#options.commit(batch);
    } finally {
      this.#running -= 1;
      this.#schedule();
      if (this.#isIdle()) for (const resolve of this.#idleWaiters.splice(0)) resolve();
    }
  }

  #takeBatch(): Item[] {
    const { keysOf, maxBatchSize } = this.#options;
    if (keysOf !== undefined) return this.#takeDistinct(keysOf);
    if (this.#queue.length > maxBatchSize) return this.#queue.splice(0, maxBatchSize);
    const batch = this.#queue;
    this.#queue = [];
    return batch;
  }

  #takeDistinct(keysOf: (item: Item) => readonly string[]): Item[] {
    const batch: Item[] = [];
    const left: Item[] = [];
    const taken = new Set<string>();
    for (const item of this.#queue) {
      const keys = keysOf(item);
      if (batch.length === this.#options.maxBatchSize || keys.some((key) => taken.has(key))) {
        left.push(item);
      } else {
        batch.push(item);
        for (const key of keys) taken.add(key);
      }
    }
    this.#queue = left;
    return batch;
  }
}
