/** What is needed of time. The `Clock` port of `@postrider/core` fits as it is. */
export interface CallClock {
  /** The wall clock in milliseconds since 1970; it may jump in both directions. */
  nowMs(): number;

  /** Milliseconds since an arbitrary origin, with a fraction; never goes back. */
  monotonicMs(): number;

  /** Runs `callback` once, after at least `delayMs` milliseconds. */
  setTimeout(callback: () => void, delayMs: number): { cancel(): void };
}
