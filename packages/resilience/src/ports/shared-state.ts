import type { BreakerPolicy } from '../breaker/breaker-policy.js';
import type { BreakerAdmission, BreakerOutcome, BreakerPermit, BreakerSnapshot } from '../breaker/breaker-state.js';
import type { RateLimit } from '../limiter/rate-limiter.js';

/** What an adapter can do. */
export interface SharedStateCapabilities {
  /** Other processes see the same state. */
  readonly shared: boolean;
}

/** Which breaker is meant, and what the caller knows of it. */
export interface BreakerTarget {
  /** Names the breaker, such as `ep_1`; 1 to 256 characters. */
  readonly subject: string;
  /** Decides together with the state; all callers of a subject should have the same. Default: `defaultBreakerPolicy`. */
  readonly policy?: BreakerPolicy | undefined;
  /**
   * The last snapshot that the caller got for the subject, from whatever adapter. When its generation is higher than that
   * of the state, the state was lost or left behind, and goes on from the snapshot: so a breaker stays open when the
   * store is emptied, and what was decided without the store is not forgotten when it is back.
   */
  readonly known?: BreakerSnapshot | undefined;
  /** Ends the call: it rejects with the signal's reason. What it had begun may still take effect. */
  readonly signal?: AbortSignal | undefined;
}

/** How a breaker stands after a call. */
export type SharedSnapshot = BreakerSnapshot & {
  /**
   * The state that this very call ended; absent when it changed none. Of all callers one is told of each transition, so
   * that who counts them counts them once.
   */
  readonly changedFrom?: BreakerSnapshot['state'] | undefined;
};

/** An admission, and how the breaker stands after it. */
export interface SharedAdmission {
  readonly admission: BreakerAdmission;
  readonly snapshot: SharedSnapshot;
}

/** Which limiter is meant. */
export interface LimitTarget {
  /** Names the limiter; 1 to 256 characters. Breakers and limiters of one name have nothing to do with each other. */
  readonly subject: string;
  /** What holds from now on: a change takes effect with the call that brings it. Units that are left stay. */
  readonly limit: RateLimit;
  /** As in `BreakerTarget`. */
  readonly signal?: AbortSignal | undefined;
}

/** Whether units were booked. */
export type UnitsAdmission =
  | { readonly granted: true; /** When to make use of them. */ readonly useAt: Date; readonly remaining: number }
  | {
      readonly granted: false;
      /** When the same cost would pass; `undefined` when it never would, being greater than the burst. */
      readonly retryAt: Date | undefined;
      readonly remaining: number;
    };

/** Where a limiter stands. */
export interface LimitStatus {
  /** Whole units that would pass now. */
  readonly remaining: number;
  /** When the whole burst would pass. */
  readonly fullAt: Date;
}

/** What an adapter did since it was made, and whether it answers for all processes now. */
export interface SharedStateStatistics {
  /** `local` while each process decides for itself. */
  readonly mode: 'shared' | 'local';
  /** Since when. */
  readonly modeSince: Date;
  /** Calls that the shared store answered. */
  readonly sharedCalls: number;
  /** Calls that were answered from the memory of this process. */
  readonly localCalls: number;
  /** Calls of the shared store that failed or took too long; `localCalls` counts them, too. */
  readonly failures: number;
  /** Of these, those that took too long. */
  readonly timeouts: number;
  /** What the latest failure said. */
  readonly lastFailure: string | undefined;
}

/**
 * State of circuit breakers and rate limiters that replicas share. It holds hints, not truth: all of it may be lost at
 * any time, and then breakers are closed and limiters full, unless callers know better (`BreakerTarget.known`).
 *
 * Every method is atomic for its subject, however many processes call it at once. Time is that of the store; instants in
 * answers are of the caller's clock. Adapters that leave the process reject with `SHARED_STATE_UNAVAILABLE` when the
 * store does not answer in time, and never wait longer than their timeout: put `createFailoverState` in front of one, and
 * no call fails. Any method may reject with the reason of its signal, and with a `RangeError` for a subject, cost or
 * limit that makes no sense.
 */
export interface SharedState {
  readonly capabilities: SharedStateCapabilities;

  /** May a call be made now? The rules are those of `Breaker.acquire`; of all callers one gets the probe. */
  acquire(params: BreakerTarget): Promise<SharedAdmission>;

  /**
   * The result of a call, to be recorded once per permit. The rules are those of `Breaker.record`. Returns how the
   * breaker stands after it.
   */
  recordOutcome(
    params: BreakerTarget & {
      readonly permit: BreakerPermit;
      readonly outcome: BreakerOutcome;
      /** `false` keeps a closed breaker closed until the next result (see `PanicGuard`). Default: `true`. */
      readonly mayOpen?: boolean | undefined;
    },
  ): Promise<SharedSnapshot>;

  /** How the breaker stands; changes nothing. A subject that nobody knows is closed, in generation 1. */
  readBreaker(params: BreakerTarget): Promise<BreakerSnapshot>;

  /** An operator isolates, disables or closes it. Forgets trips and counts. Begins a new generation each time. */
  forceBreaker(params: BreakerTarget & { readonly to: 'isolated' | 'disabled' | 'closed' }): Promise<SharedSnapshot>;

  /**
   * Books `cost` units (default 1), all or none, at the first free moment up to `latestAt` (default: now). What was
   * booked cannot be given back. Over any span of time at most `burst + ratePerSecond × span` units pass.
   */
  acquireUnits(
    params: LimitTarget & { readonly cost?: number | undefined; readonly latestAt?: Date | undefined },
  ): Promise<UnitsAdmission>;

  /** Where the limiter stands; books nothing. A subject that nobody knows has its whole burst. */
  readLimit(params: LimitTarget): Promise<LimitStatus>;

  /** Counters of this instance. Makes no I/O. */
  statistics(): SharedStateStatistics;
}

/**
 * The port `SharedState`, for plugins. It is written out rather than made by `definePort`, for this package needs no
 * other; a port is known by its id.
 */
export const SharedState: {
  readonly $$port: 1;
  readonly id: string;
  readonly version: number;
  readonly $$type?: SharedState;
} = { $$port: 1, id: 'postrider.shared-state', version: 1 };
