import { systemCallClock, systemRandom } from '../adapters/system-call-clock.js';
import { defineBreakerPolicy } from '../breaker/breaker-policy.js';
import type { BreakerSnapshot } from '../breaker/breaker-state.js';
import { createBreaker, type Breaker } from '../breaker/breaker.js';
import { withTimeout } from '../calls/with-timeout.js';
import { isResilienceError } from '../errors.js';
import { checkNumber } from '../internal/check-number.js';
import type { RateLimit } from '../limiter/rate-limiter.js';
import type { CallClock } from '../ports/clock.js';
import type {
  BreakerTarget,
  LimitStatus,
  LimitTarget,
  SharedAdmission,
  SharedSnapshot,
  SharedState,
  SharedStateStatistics,
  UnitsAdmission,
} from '../ports/shared-state.js';
import { createLocalState, type LocalStateOptions } from './local-state.js';

/** Told when the store went away or came back. `failure` is what it said last. */
export interface ModeChange {
  readonly mode: SharedStateStatistics['mode'];
  readonly failure: unknown;
}

/** What stands in front of a shared store. */
export interface FailoverStateOptions extends LocalStateOptions {
  /** The store, which may fail or hang. */
  readonly remote: SharedState;
  /** No call waits longer for the store, in milliseconds. Default: 250. */
  readonly timeoutMs?: number | undefined;
  /** How many processes share a limit: while the store is away each takes this part of it. Default: 1. */
  readonly replicas?: number | undefined;
  /** So many failures in a row and the store is left alone for a while. Default: 3. */
  readonly failuresToOpen?: number | undefined;
  /** The while, in milliseconds; it doubles up to 10 times of it. After it one call tries the store again. Default: 1 000. */
  readonly retryStoreAfterMs?: number | undefined;
  readonly onModeChange?: ((change: ModeChange) => void) | undefined;
}

interface BoundedCall {
  readonly signal?: AbortSignal | undefined;
}

/**
 * A shared store that never fails its callers and never makes them wait for long. What the store does not answer in time
 * is answered from the memory of this process: breakers go on from what the caller knows of them, limiters let a
 * replica's part of the limit pass. A breaker around the store sees to it that a dead one costs nothing. When the store
 * is back, callers bring along what they know, and the higher generation wins.
 */
class FailoverState implements SharedState {
  readonly capabilities;
  readonly #options: FailoverStateOptions;
  readonly #clock: CallClock;
  readonly #timeoutMs: number;
  readonly #replicas: number;
  readonly #circuit: Breaker;
  readonly #localLimits: SharedState;
  /** Made anew for each absence of the store: what an earlier one left is known to the callers, if to anyone. */
  #localBreakers: SharedState;
  #modeSince: Date;
  #failure: unknown;
  #counts = { sharedCalls: 0, localCalls: 0, failures: 0, timeouts: 0 };

  constructor(options: FailoverStateOptions) {
    this.#options = options;
    this.capabilities = options.remote.capabilities;
    this.#clock = options.clock ?? systemCallClock;
    this.#timeoutMs = checkNumber('timeoutMs', options.timeoutMs ?? 250, { min: 1 });
    this.#replicas = checkNumber('replicas', options.replicas ?? 1, { min: 1, integer: true });
    const openMs = checkNumber('retryStoreAfterMs', options.retryStoreAfterMs ?? 1000, { min: 1, integer: true });
    const consecutiveFailures = checkNumber('failuresToOpen', options.failuresToOpen ?? 3, { min: 1, integer: true });
    this.#localLimits = createLocalState(options);
    this.#localBreakers = createLocalState(options);
    this.#modeSince = new Date(this.#clock.nowMs());
    this.#circuit = createBreaker({
      now: () => this.#clock.monotonicMs(),
      random: options.random ?? systemRandom,
      policy: defineBreakerPolicy({
        consecutiveFailures,
        openMs,
        maxOpenMs: openMs * 10,
        successesToClose: 1,
        probeLeaseMs: Math.ceil(this.#timeoutMs) + 1000,
      }),
      onTransition: ({ from, to }) => {
        if (from === 'closed') this.#changeMode('local');
        if (to === 'closed') this.#changeMode('shared');
      },
    });
  }

  acquire(params: BreakerTarget): Promise<SharedAdmission> {
    return this.#call(params, (state, target) => state.acquire(target));
  }

  recordOutcome(params: Parameters<SharedState['recordOutcome']>[0]): Promise<SharedSnapshot> {
    return this.#call(params, (state, target) => state.recordOutcome(target));
  }

  readBreaker(params: BreakerTarget): Promise<BreakerSnapshot> {
    return this.#call(params, (state, target) => state.readBreaker(target));
  }

  forceBreaker(params: Parameters<SharedState['forceBreaker']>[0]): Promise<SharedSnapshot> {
    return this.#call(params, (state, target) => state.forceBreaker(target));
  }

  async acquireUnits(params: Parameters<SharedState['acquireUnits']>[0]): Promise<UnitsAdmission> {
    const shared = await this.#tryRemote(params, (remote, target) => remote.acquireUnits(target));
    return shared?.answer ?? this.#localLimits.acquireUnits({ ...params, limit: this.#part(params) });
  }

  async readLimit(params: LimitTarget): Promise<LimitStatus> {
    const shared = await this.#tryRemote(params, (remote, target) => remote.readLimit(target));
    return shared?.answer ?? this.#localLimits.readLimit({ ...params, limit: this.#part(params) });
  }

  statistics(): SharedStateStatistics {
    return {
      mode: this.#circuit.state === 'closed' ? 'shared' : 'local',
      modeSince: this.#modeSince,
      ...this.#counts,
      lastFailure: this.#failure instanceof Error ? this.#failure.message : undefined,
    };
  }

  async #call<P extends BoundedCall, T>(params: P, run: (state: SharedState, params: P) => Promise<T>): Promise<T> {
    const shared = await this.#tryRemote(params, run);
    return shared === undefined ? run(this.#localBreakers, params) : shared.answer;
  }

  async #tryRemote<P extends BoundedCall, T>(
    params: P,
    run: (state: SharedState, params: P) => Promise<T>,
  ): Promise<{ readonly answer: T } | undefined> {
    const admission = this.#circuit.acquire();
    if (admission.allowed) {
      try {
        const answer = await withTimeout(({ signal }) => run(this.#options.remote, { ...params, signal }), {
          timeoutMs: this.#timeoutMs,
          signal: params.signal,
          clock: this.#clock,
        });
        this.#counts.sharedCalls += 1;
        this.#circuit.record(admission.permit, 'success');
        return { answer };
      } catch (error) {
        const isOfCaller = params.signal?.aborted === true || error instanceof RangeError;
        if (!isOfCaller) this.#noteFailure(error);
        this.#circuit.record(admission.permit, isOfCaller ? 'ignore' : 'failure');
        if (isOfCaller) throw error;
      }
    }
    this.#counts.localCalls += 1;
    return undefined;
  }

  #noteFailure(error: unknown): void {
    this.#failure = error;
    this.#counts.failures += 1;
    if (isResilienceError(error, 'CALL_TIMED_OUT')) this.#counts.timeouts += 1;
  }

  #changeMode(mode: ModeChange['mode']): void {
    this.#modeSince = new Date(this.#clock.nowMs());
    if (mode === 'shared') this.#localBreakers = createLocalState(this.#options);
    this.#options.onModeChange?.({ mode, failure: this.#failure });
  }

  /** The part of a limit that is this process's; its burst still lets the cost of one call pass. */
  #part({ limit, cost = 1 }: LimitTarget & { readonly cost?: number | undefined }): RateLimit {
    const fits = cost <= limit.burst;
    const burst = Math.max(limit.burst / this.#replicas, 1, fits ? cost : 1);
    return { ratePerSecond: limit.ratePerSecond / this.#replicas, burst };
  }
}

/** Puts a time limit, a breaker and a local fallback in front of a shared store. */
export function createFailoverState(options: FailoverStateOptions): SharedState {
  return new FailoverState(options);
}
