import { checkNumber } from '../internal/check-number.js';

/** How much may run and wait. */
export interface BulkheadOptions {
  /** Tasks that run at once; at least 1. */
  readonly maxRunning: number;
  /** Tasks that wait for others to end; 0 for none. */
  readonly maxQueued: number;
}

/** The right to run. */
export interface BulkheadSlot {
  /** Gives the slot to the first in the queue. Calling it again does nothing. */
  release(): void;
}

/** What became of a task: `accepted: false` when it was not run because the queue is full. */
export type BulkheadResult<T> = { readonly accepted: true; readonly value: T } | { readonly accepted: false };

interface Waiter {
  grant(slot: BulkheadSlot): void;
}

/**
 * Keeps one part from taking all there is: a bounded number of tasks runs at once, a bounded number waits, the rest is
 * turned away at once. First come, first served: a slot that becomes free is handed to the first who waits, and nobody
 * who comes later can take it in between.
 */
export class Bulkhead {
  readonly #maxRunning: number;
  readonly #maxQueued: number;
  #running = 0;
  /** In the order of arrival; a `Set` lets go of one in the middle without moving the others. */
  readonly #queue = new Set<Waiter>();
  /**
   * Walks through the queue as it is served; beginning anew each time would step over all that were served before.
   * It must not be asked while the queue is empty, for then it would end.
   */
  readonly #turns = this.#queue.values();

  /** Use `createBulkhead`. */
  constructor(options: BulkheadOptions) {
    this.#maxRunning = checkNumber('maxRunning', options.maxRunning, { min: 1, integer: true });
    this.#maxQueued = checkNumber('maxQueued', options.maxQueued, { min: 0, integer: true });
  }

  /** Tasks that run now. */
  get running(): number {
    return this.#running;
  }

  /** Tasks that wait now. */
  get queued(): number {
    return this.#queue.size;
  }

  /** A slot, if one is free now; `undefined` otherwise. */
  tryAcquire(): BulkheadSlot | undefined {
    if (this.#running >= this.#maxRunning) return undefined;
    this.#running += 1;
    return this.#slot();
  }

  /**
   * A slot as soon as it is this caller's turn; `undefined` at once when the queue is full. Rejects with the reason of
   * the signal when that aborts first, and leaves the queue.
   */
  async acquire(params: { readonly signal?: AbortSignal | undefined } = {}): Promise<BulkheadSlot | undefined> {
    const { signal } = params;
    signal?.throwIfAborted();
    const slot = this.tryAcquire();
    if (slot !== undefined || this.#queue.size >= this.#maxQueued) return slot;
    return this.#wait(signal);
  }

  /**
   * Runs a task in a slot and gives the slot back when it has ended. Rejects with whatever the task throws; with the
   * reason of the signal when that aborts before the task began. Stopping a task that has begun is its own affair.
   */
  async run<T>(
    task: () => Promise<T> | T,
    params: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<BulkheadResult<T>> {
    const slot = await this.acquire(params);
    if (slot === undefined) return { accepted: false };
    try {
      // It may have aborted after the slot was granted, before this line was reached.
      params.signal?.throwIfAborted();
      return { accepted: true, value: await task() };
    } finally {
      slot.release();
    }
  }

  async #wait(signal: AbortSignal | undefined): Promise<BulkheadSlot> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#queue.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        grant: (slot) => {
          signal?.removeEventListener('abort', abort);
          resolve(slot);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.add(waiter);
    });
  }

  #slot(): BulkheadSlot {
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#handOn();
      },
    };
  }

  #handOn(): void {
    const next = this.#queue.size === 0 ? undefined : this.#turns.next().value;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#queue.delete(next);
    next.grant(this.#slot());
  }
}

/** A bulkhead for one kind of work. Bounds that make no sense are a `RangeError`. */
export function createBulkhead(options: BulkheadOptions): Bulkhead {
  return new Bulkhead(options);
}
