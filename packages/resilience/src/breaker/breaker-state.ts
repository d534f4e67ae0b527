import type { WindowSnapshot } from './sliding-window.js';

/** What a call came to: `slow` is a success that took too long, `ignore` says nothing about the other side. */
export type BreakerOutcome = 'success' | 'slow' | 'failure' | 'ignore';

/** The right to make one call; its result is recorded with it, once. Plain data, fit for JSON. */
export interface BreakerPermit {
  readonly generation: number;
  /** Number of the probe within its generation; `undefined` for an ordinary call. */
  readonly probe: number | undefined;
}

/** The answer to the question whether a call may be made now. */
export type BreakerAdmission =
  | { readonly allowed: true; readonly permit: BreakerPermit }
  | {
      readonly allowed: false;
      readonly reason: 'open' | 'probing' | 'isolated';
      /** When to ask again: the end of the open time or of the probe's lease; `undefined` when an operator decides. */
      readonly retryAt: Date | undefined;
    };

/** A change of state, told after it happened. */
export interface BreakerTransition {
  readonly from: BreakerSnapshot['state'];
  readonly to: BreakerSnapshot['state'];
  readonly cause:
    | 'consecutive_failures'
    | 'failure_ratio'
    | 'slow_ratio'
    | 'open_time_over'
    | 'probe_failed'
    | 'probes_succeeded'
    | 'operator'
    /** Somebody called `trip`. */
    | 'tripped';
  readonly at: Date;
}

interface BreakerSnapshotBase {
  /** Rises with every transition. Results of permits of another generation are ignored. */
  readonly generation: number;
  /** How often it opened since trips were last forgotten. */
  readonly trips: number;
}

/**
 * All that a breaker remembers, as plain data: it survives `JSON.stringify`, a restart and the way to another process.
 * Instants are milliseconds since 1970.
 */
export type BreakerSnapshot = BreakerSnapshotBase &
  (
    | {
        readonly state: 'closed';
        readonly closedAtMs: number;
        readonly consecutiveFailures: number;
        /** `undefined` before the first result. */
        readonly lastResultAtMs?: number | undefined;
        /** `undefined` when the window is empty. */
        readonly window?: WindowSnapshot | undefined;
      }
    | { readonly state: 'open'; readonly openUntilMs: number }
    | {
        readonly state: 'half_open';
        readonly successes: number;
        readonly probesGranted: number;
        /** The end of the lease of the running probe; `undefined` when none is running. */
        readonly leaseUntilMs?: number | undefined;
      }
    | { readonly state: 'isolated' | 'disabled' }
  );
