import { SlidingWindow } from '../breaker/sliding-window.js';
import { checkNumber } from '../internal/check-number.js';
import { SteadyClock } from '../internal/steady-clock.js';

const WINDOW_BUCKETS = 6;

/** How much of what is sent may be retries. */
export interface RetryBudgetOptions {
  /** Milliseconds; any clock. Being set back counts as no time. */
  readonly now: () => number;
  /** The budget is spent when more than this part of the attempts in the window were retries. Default: 0.5. */
  readonly maxShare?: number | undefined;
  /** Below so many attempts in the window it is never spent. Default: 20. */
  readonly minimumAttempts?: number | undefined;
  /** Length of the window in milliseconds; it moves on by sixths. Default: 60 000. */
  readonly windowMs?: number | undefined;
}

/** What counts against the budget, and what it is measured by. */
export type AttemptKind = 'first' | 'retry';

/**
 * Keeps retries from crowding out what is sent for the first time: one budget for all the attempts of a process, not one
 * per endpoint. When many calls fail together, their retries are the greater part of the load, and do the least good.
 * While the budget is spent, retries should wait (where they are stored) or be given up (where a caller waits for them).
 * Memory is constant; no timer runs.
 */
export class RetryBudget {
  readonly #clock: SteadyClock;
  readonly #maxShare: number;
  readonly #minimumAttempts: number;
  /** To the window a retry is what a failure is to that of a breaker: the part that is looked at. */
  readonly #window: SlidingWindow;

  /** Use `createRetryBudget`. */
  constructor(options: RetryBudgetOptions) {
    this.#clock = new SteadyClock(options.now);
    this.#maxShare = checkNumber('maxShare', options.maxShare ?? 0.5, { min: 0, max: 1 });
    this.#minimumAttempts = checkNumber('minimumAttempts', options.minimumAttempts ?? 20, { min: 1, integer: true });
    const windowMs = checkNumber('windowMs', options.windowMs ?? 60_000, { min: WINDOW_BUCKETS, integer: true });
    this.#window = new SlidingWindow({
      bucketMs: windowMs / WINDOW_BUCKETS,
      bucketCount: WINDOW_BUCKETS,
      nowMs: this.#clock.read(),
    });
  }

  /** An attempt begins. */
  record(kind: AttemptKind): void {
    this.#window.add(this.#clock.read(), kind === 'retry' ? 'failure' : 'success');
  }

  /** Retries ÷ all attempts in the window, from 0 to 1; 0 when there were none. */
  share(): number {
    this.#window.expire(this.#clock.read());
    return this.#window.calls === 0 ? 0 : this.#window.failures / this.#window.calls;
  }

  /** Whether retries should yield now. Ends by itself as first attempts are made and retries age. */
  isSpent(): boolean {
    return this.share() > this.#maxShare && this.#window.calls >= this.#minimumAttempts;
  }
}

/** A budget with nothing spent. Options that make no sense are a `RangeError`. */
export function createRetryBudget(options: RetryBudgetOptions): RetryBudget {
  return new RetryBudget(options);
}
