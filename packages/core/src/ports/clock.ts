import { definePort } from '../plugin/define-port.js';

/** A timer that has not necessarily fired yet. */
export interface Timer {
  /** The callback will not run any more. Safe after it ran and twice. */
  cancel(): void;
  /** This timer alone does not keep the process alive. */
  unref(): void;
}

/**
 * Time. Instants (what is stored, what is shown) come from the wall clock, which may jump in both directions;
 * durations (deadlines, latencies, rates) come from the monotonic one, which may not.
 */
export interface Clock {
  /** The wall clock. */
  now(): Date;

  /** The wall clock in milliseconds since 1970, without allocating. */
  nowMs(): number;

  /** Milliseconds since an arbitrary origin, with a fraction; never goes back. */
  monotonicMs(): number;

  /**
   * Runs `callback` once, after at least `delayMs` milliseconds (negative counts as 0; there is no upper limit).
   * The callback must not throw: nobody is there to catch it.
   */
  setTimeout(callback: () => void, delayMs: number): Timer;

  /** Resolves after `delayMs` milliseconds; rejects at once with the signal's reason when it aborts. */
  sleep(params: { readonly delayMs: number; readonly signal?: AbortSignal | undefined }): Promise<void>;
}

/** The clock of the host. */
export const Clock = definePort<Clock>({ id: 'postrider.clock', version: 1 });
