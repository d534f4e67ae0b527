import { checkNumber } from '../internal/check-number.js';

/** When a breaker opens, for how long, and what closes it again. One policy serves any number of breakers. */
export interface BreakerPolicy {
  /** So many failures in a row open it. A silence of `windowMs` ends the row. Default: 10. */
  readonly consecutiveFailures: number;
  /** Ratios are looked at from so many calls in the window on. Default: 20. */
  readonly minimumCalls: number;
  /** Opens when at least this part of the calls in the window failed. Default: 0.5. */
  readonly failureRatio: number;
  /** Opens when at least this part of the calls in the window succeeded slowly. Default: 0.8. */
  readonly slowRatio: number;
  /** Length of the window in milliseconds. Default: 60 000. */
  readonly windowMs: number;
  /** The window moves on by whole buckets: more of them are more exact and take more memory. Default: 6. */
  readonly windowBuckets: number;
  /** How long it stays open after the first trip, in milliseconds; every further trip doubles that. Default: 30 000. */
  readonly openMs: number;
  /** Longest time to stay open in milliseconds, before jitter. Default: 600 000. */
  readonly maxOpenMs: number;
  /** Spread of the time to stay open, as a part of it in both directions. Default: 0.2. */
  readonly openJitter: number;
  /** Trips are forgotten after so many milliseconds closed. Default: 300 000. */
  readonly forgetTripsAfterMs: number;
  /** So many successful probes close it. Default: 3. */
  readonly successesToClose: number;
  /** A probe without a result is given up after so many milliseconds: the deadline of a call and a margin. Default: 30 000. */
  readonly probeLeaseMs: number;
}

/** The policy of a breaker that is created without one. */
export const defaultBreakerPolicy: BreakerPolicy = {
  consecutiveFailures: 10,
  minimumCalls: 20,
  failureRatio: 0.5,
  slowRatio: 0.8,
  windowMs: 60_000,
  windowBuckets: 6,
  openMs: 30_000,
  maxOpenMs: 600_000,
  openJitter: 0.2,
  forgetTripsAfterMs: 300_000,
  successesToClose: 3,
  probeLeaseMs: 30_000,
};

/** The default policy with changes. A value that makes no sense is a `RangeError` that names it. */
export function defineBreakerPolicy(changes: Partial<BreakerPolicy>): BreakerPolicy {
  const policy = { ...defaultBreakerPolicy, ...changes };
  const count = { min: 1, integer: true };
  checkNumber('consecutiveFailures', policy.consecutiveFailures, count);
  checkNumber('minimumCalls', policy.minimumCalls, count);
  checkNumber('failureRatio', policy.failureRatio, { min: Number.MIN_VALUE, max: 1 });
  checkNumber('slowRatio', policy.slowRatio, { min: Number.MIN_VALUE, max: 1 });
  checkNumber('windowMs', policy.windowMs, count);
  checkNumber('windowBuckets', policy.windowBuckets, { ...count, max: 1000 });
  checkNumber('openMs', policy.openMs, count);
  checkNumber('maxOpenMs', policy.maxOpenMs, { min: policy.openMs, integer: true });
  checkNumber('openJitter', policy.openJitter, { min: 0, max: 0.9 });
  checkNumber('forgetTripsAfterMs', policy.forgetTripsAfterMs, { min: 0, integer: true });
  checkNumber('successesToClose', policy.successesToClose, count);
  checkNumber('probeLeaseMs', policy.probeLeaseMs, count);
  return policy;
}
