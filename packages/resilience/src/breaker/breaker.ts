import { SteadyClock } from '../internal/steady-clock.js';
import { defaultBreakerPolicy, type BreakerPolicy } from './breaker-policy.js';
import type {
  BreakerAdmission,
  BreakerOutcome,
  BreakerPermit,
  BreakerSnapshot,
  BreakerTransition,
} from './breaker-state.js';
import { createWindow, fromSnapshot, toSnapshot, type Closed, type HalfOpen, type State } from './live-state.js';
import type { SlidingWindow } from './sliding-window.js';

/** What a breaker is made of. */
export interface BreakerOptions {
  /** Milliseconds since 1970: `retryAt` and snapshots are in its time. It may be set back, which counts as no time. */
  readonly now: () => number;
  /** Numbers in [0, 1), for the jitter of the open time. */
  readonly random: () => number;
  /** Default: `defaultBreakerPolicy`. */
  readonly policy?: BreakerPolicy | undefined;
  /** Continues where another breaker was, rather than closed and without memory. */
  readonly snapshot?: BreakerSnapshot | undefined;
  /** Asked before a closed breaker opens; `false` keeps it closed until the next result. Default: always `true`. */
  readonly mayOpen?: (() => boolean) | undefined;
  /** Told every transition. Must not throw. */
  readonly onTransition?: ((transition: BreakerTransition) => void) | undefined;
}

/**
 * Stops calls to something that fails, and finds out with single probes when it is well again.
 *
 * - `closed`: every call is allowed, results are counted. Opens after 10 failures in a row, or when of at least 20 calls
 *   in the last 60 s half failed or 80 % were slow. Both count the results of that time only: nothing that happened
 *   before a silence of 60 s can open it.
 * - `open`: no call is allowed for 30 s ± 20 %, doubled with every trip up to 10 min ± 20 %. Trips are forgotten once it
 *   was closed for 5 min. The first question after that time makes it half-open; no timer runs.
 * - `half_open`: one probe at a time. 3 successes close it, a failure opens it again. A probe without a result is given
 *   up when its lease ends; after that its result still counts, until another probe takes its place.
 * - `isolated` (no call is allowed) and `disabled` (every call is, nothing is counted): an operator says so, until `reset`.
 *
 * A result counts only in the generation of its permit: a call that began before a transition says nothing after it.
 * Nothing here throws, and memory is constant.
 */
export class Breaker {
  readonly #clock: SteadyClock;
  readonly #options: BreakerOptions;
  readonly #policy: BreakerPolicy;
  #state: State;
  #generation: number;
  #trips: number;
  /** The answer while every call is allowed: the same object for all calls of a generation. */
  #pass: BreakerAdmission;

  /** Use `createBreaker`. */
  constructor(options: BreakerOptions) {
    const { snapshot, policy = defaultBreakerPolicy } = options;
    this.#options = options;
    this.#policy = policy;
    this.#clock = new SteadyClock(options.now);
    this.#generation = snapshot?.generation ?? 1;
    this.#trips = snapshot?.trips ?? 0;
    this.#state = snapshot === undefined ? this.#newlyClosed() : fromSnapshot(snapshot, { clock: this.#clock, policy });
    this.#pass = passOf(this.#generation);
  }

  /** The mode it is in. `open` lasts until somebody asks for a call after the open time. */
  get state(): BreakerSnapshot['state'] {
    return this.#state.state;
  }

  /** Rises with every transition. */
  get generation(): number {
    return this.#generation;
  }

  /** May a call be made now? If so, its result is due with `record`; if not, the call is to be put off, not failed. */
  acquire(): BreakerAdmission {
    const state = this.#state;
    switch (state.state) {
      case 'closed':
      case 'disabled':
        return this.#pass;
      case 'isolated':
        return { allowed: false, reason: 'isolated', retryAt: undefined };
      case 'open':
        if (this.#clock.read() < state.openUntilMs) return this.#refuse('open', state.openUntilMs);
        return this.#probe(this.#halfOpen());
      case 'half_open':
        return this.#probe(state);
    }
  }

  /** The result of a call. Record it once per permit; without one, a probe blocks the next until its lease ends. */
  record(permit: BreakerPermit, outcome: BreakerOutcome): void {
    if (permit.generation !== this.#generation) return;
    if (this.#state.state === 'closed') {
      if (outcome !== 'ignore') this.#count(this.#state, outcome);
    } else if (this.#state.state === 'half_open' && permit.probe === this.#state.probesGranted) {
      this.#conclude(this.#state, outcome);
    }
  }

  /** Allows no call until `reset`. */
  isolate(): void {
    this.#force({ state: 'isolated' });
  }

  /** Allows every call and counts nothing until `reset`. */
  disable(): void {
    this.#force({ state: 'disabled' });
  }

  /**
   * Opens a closed or half-open breaker for `openMs`, with jitter, whatever was counted: the caller knows that nothing will
   * answer. Does nothing in the other states, or when `mayOpen` says no.
   */
  trip(params: { readonly openMs: number }): void {
    const { state } = this.#state;
    if ((state !== 'closed' && state !== 'half_open') || this.#options.mayOpen?.() === false) return;
    this.#trips += 1;
    this.#openFor(params.openMs, 'tripped');
  }

  /** Closes it, whatever it is now, and forgets trips and counts. */
  reset(): void {
    this.#force(this.#newlyClosed());
  }

  /** Whether a new breaker would do the same, so that this one need not be kept. */
  isIdle(): boolean {
    const state = this.#state;
    if (state.state !== 'closed') return false;
    const nowMs = this.#clock.read();
    if (this.#trips > 0 && nowMs - state.closedAtMs < this.#policy.forgetTripsAfterMs) return false;
    return state.lastResultAtMs === undefined || nowMs - state.lastResultAtMs >= this.#policy.windowMs;
  }

  /** All that it remembers, to be stored or to be handed to another breaker. */
  snapshot(): BreakerSnapshot {
    this.#clock.read(); // instants are converted by how the source stands now
    const base = { generation: this.#generation, trips: this.#trips };
    return toSnapshot(this.#state, { base, clock: this.#clock, policy: this.#policy });
  }

  #count(closed: Closed, outcome: Exclude<BreakerOutcome, 'ignore'>): void {
    const nowMs = this.#clock.read();
    const { windowMs, consecutiveFailures } = this.#policy;
    if (closed.lastResultAtMs !== undefined && nowMs - closed.lastResultAtMs >= windowMs) {
      closed.consecutiveFailures = 0;
    }
    closed.lastResultAtMs = nowMs;
    closed.consecutiveFailures = outcome === 'failure' ? closed.consecutiveFailures + 1 : 0;
    closed.window ??= createWindow(this.#policy, nowMs);
    closed.window.add(nowMs, outcome);

    const cause =
      closed.consecutiveFailures >= consecutiveFailures ? 'consecutive_failures' : this.#tripByRatio(closed.window);
    if (cause === undefined || this.#options.mayOpen?.() === false) return;
    if (nowMs - closed.closedAtMs >= this.#policy.forgetTripsAfterMs) this.#trips = 0;
    this.#open(cause);
  }

  #tripByRatio({ calls, failures, slow }: SlidingWindow): 'failure_ratio' | 'slow_ratio' | undefined {
    if (calls < this.#policy.minimumCalls) return undefined;
    // Quotients, not products: 28 / 35 is the number that 0.8 denotes, 0.8 × 35 is more than 28.
    if (failures / calls >= this.#policy.failureRatio) return 'failure_ratio';
    return slow / calls >= this.#policy.slowRatio ? 'slow_ratio' : undefined;
  }

  #probe(halfOpen: HalfOpen): BreakerAdmission {
    const nowMs = this.#clock.read();
    const { leaseUntilMs } = halfOpen;
    if (leaseUntilMs !== undefined && nowMs < leaseUntilMs) return this.#refuse('probing', leaseUntilMs);
    halfOpen.probesGranted += 1;
    halfOpen.leaseUntilMs = nowMs + this.#policy.probeLeaseMs;
    return { allowed: true, permit: { generation: this.#generation, probe: halfOpen.probesGranted } };
  }

  #conclude(halfOpen: HalfOpen, outcome: BreakerOutcome): void {
    if (halfOpen.leaseUntilMs === undefined) return;
    halfOpen.leaseUntilMs = undefined;
    if (outcome === 'ignore') return;
    if (outcome === 'failure') {
      this.#open('probe_failed');
      return;
    }
    halfOpen.successes += 1;
    if (halfOpen.successes >= this.#policy.successesToClose) this.#enter(this.#newlyClosed(), 'probes_succeeded');
  }

  #open(cause: BreakerTransition['cause']): void {
    const { openMs, maxOpenMs } = this.#policy;
    this.#trips += 1;
    this.#openFor(Math.min(openMs * 2 ** (this.#trips - 1), maxOpenMs), cause);
  }

  #openFor(baseMs: number, cause: BreakerTransition['cause']): void {
    const jitter = 1 + this.#policy.openJitter * (2 * this.#options.random() - 1);
    this.#enter({ state: 'open', openUntilMs: this.#clock.read() + Math.round(baseMs * jitter) }, cause);
  }

  #halfOpen(): HalfOpen {
    const halfOpen: HalfOpen = { state: 'half_open', successes: 0, probesGranted: 0, leaseUntilMs: undefined };
    this.#enter(halfOpen, 'open_time_over');
    return halfOpen;
  }

  #force(state: State): void {
    this.#trips = 0;
    this.#enter(state, 'operator');
  }

  #enter(state: State, cause: BreakerTransition['cause']): void {
    const from = this.#state.state;
    this.#state = state;
    this.#generation += 1;
    this.#pass = passOf(this.#generation);
    const at = new Date(this.#clock.toSourceMs(this.#clock.read()));
    this.#options.onTransition?.({ from, to: state.state, cause, at });
  }

  #refuse(reason: 'open' | 'probing', untilMs: number): BreakerAdmission {
    return { allowed: false, reason, retryAt: new Date(Math.ceil(this.#clock.toSourceMs(untilMs))) };
  }

  #newlyClosed(): Closed {
    const closedAtMs = this.#clock.read();
    return { state: 'closed', closedAtMs, consecutiveFailures: 0, lastResultAtMs: undefined, window: undefined };
  }
}

/** A breaker for one subject, closed unless a snapshot says otherwise. */
export function createBreaker(options: BreakerOptions): Breaker {
  return new Breaker(options);
}

function passOf(generation: number): BreakerAdmission {
  return { allowed: true, permit: { generation, probe: undefined } };
}
