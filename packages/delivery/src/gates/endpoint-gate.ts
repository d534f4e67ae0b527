import {
  createAdaptiveLimit,
  createBreaker,
  type AdaptiveLimit,
  type Breaker,
  type BreakerPermit,
  type BreakerPolicy,
  type BreakerSnapshot,
  type BreakerTransition,
} from '@postrider/resilience';
import type { Pace } from '../dispatch/lane-guard.js';
import type { OutcomeClass } from '../sender/classify-outcome.js';
import { encodeLearned, type Learned } from './learned.js';

/** So many failures in a row that are the same for every request open the breaker, and for so long. */
const unreachableInARow = 5;
const unreachableOpenMs = 600_000;
/** Requests at once to an endpoint about which nothing is known. */
const firstLimit = 4;
/** How often an endpoint's state is written at most, unless its breaker changes. */
const learnIntervalMs = 5_000;
/** A request that held its slot for longer than this was slow, however it ended. */
const quickMs = 1_000;
/** An isolated endpoint waits for a person; its rows are looked at again after so long. */
const isolationMs = 365 * 24 * 3_600_000;

export interface EndpointGateOptions {
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly policy: BreakerPolicy;
  readonly mayOpen: () => boolean;
  readonly onTransition: (transition: BreakerTransition) => void;
}

/** The right to make one request. Must be left once, with what came of it; without an outcome it says nothing. */
export interface Passage {
  leave(result?: { readonly outcome: OutcomeClass; readonly durationMs: number }): void;
}

/**
 * What guards one endpoint in this process: its circuit breaker, and how many requests at once it bears. Both are kept
 * here and nowhere else: a breaker that all workers share takes this place behind the same members.
 */
export class EndpointGate {
  readonly #options: EndpointGateOptions;
  #breaker: Breaker;
  #concurrency: AdaptiveLimit;
  #cap: number;
  #unreachable = 0;
  #pace: Pace;
  #rateHoldUntilMs: number | undefined;
  /** The breaker changed, and storage does not know. */
  #hasNews = false;
  #nextLearnMs = 0;
  #lastLearned: string | undefined;

  constructor(options: EndpointGateOptions, params: { readonly cap: number; readonly learned: Learned | undefined }) {
    const { cap, learned } = params;
    this.#options = options;
    this.#cap = cap;
    this.#pace = learned?.pace ?? 'unknown';
    this.#rateHoldUntilMs = learned?.rateHoldUntilMs;
    this.#breaker = this.#createBreaker(learned?.breaker);
    this.#concurrency = createAdaptiveLimit({ initial: learned?.limit ?? firstLimit, max: cap });
  }

  /** Requests at once. A breaker that is not closed lets them through one by one, as probes. */
  get limit(): number {
    return this.#isShut() ? 1 : this.#concurrency.limit;
  }

  /** See `LaneGuard.pace`. While the breaker is open no request is made: what is quick is to put deliveries off. */
  get pace(): Pace {
    if (this.#breaker.state !== 'open') return this.#pace;
    const breaker = this.#breaker.snapshot();
    return breaker.state === 'open' && breaker.openUntilMs > this.#options.nowMs() ? 'quick' : this.#pace;
  }

  /** Until when we hold back the deliveries in storage, because its lanes are full. */
  get rateHoldUntilMs(): number | undefined {
    return this.#rateHoldUntilMs;
  }

  get breakerState(): BreakerSnapshot['state'] {
    return this.#breaker.state;
  }

  snapshot(): BreakerSnapshot {
    return this.#breaker.snapshot();
  }

  /** May a request be made now? If not: from when on, `undefined` when an operator decides. */
  enter(): { readonly passage: Passage } | { readonly passage: undefined; readonly retryAt: Date | undefined } {
    const admission = this.#breaker.acquire();
    if (!admission.allowed) return { passage: undefined, retryAt: admission.retryAt };
    return { passage: this.#passage(admission.permit) };
  }

  /** Until when storage should hand out none of its deliveries, in milliseconds since 1970; 0 when it may. */
  get pausedUntilMs(): number {
    const holdMs = this.#rateHoldUntilMs ?? 0;
    if (!this.#isShut()) return holdMs;
    const breaker = this.#breaker.snapshot();
    if (breaker.state === 'isolated') return this.#options.nowMs() + isolationMs;
    return breaker.state === 'open' ? Math.max(breaker.openUntilMs, holdMs) : holdMs;
  }

  /** The operator's word: `closed` begins anew. */
  force(state: 'isolated' | 'disabled' | 'closed'): void {
    if (state === 'isolated') this.#breaker.isolate();
    else if (state === 'disabled') this.#breaker.disable();
    else this.#breaker.reset();
  }

  /** The endpoint may have another upper bound now. */
  setCap(cap: number): void {
    if (cap === this.#cap) return;
    this.#cap = cap;
    this.#concurrency = createAdaptiveLimit({ initial: this.#concurrency.limit, max: cap });
  }

  /** Takes over what another worker learned later: its breaker has changed more often. */
  adopt(learned: Learned): void {
    this.#rateHoldUntilMs = learned.rateHoldUntilMs;
    const { breaker } = learned;
    if (breaker === undefined || breaker.generation <= this.#breaker.snapshot().generation) return;
    this.#breaker = this.#createBreaker(breaker);
  }

  /** Notes that storage holds back the endpoint's deliveries for want of room in its lane. */
  holdForRate(untilMs: number): void {
    this.#rateHoldUntilMs = untilMs;
  }

  /**
   * What storage should know now; `undefined` when that is nothing.
   *
   * - `changes`: when the breaker changed at once, else what is new, now and then.
   * - `repeat`: now and then also what is not new, because storage was seen not to know it.
   * - `always`: in any case.
   */
  learn(mode: 'changes' | 'repeat' | 'always'): string | undefined {
    const nowMs = this.#options.nowMs();
    const isUrgent = mode === 'always' || this.#hasNews;
    if (!isUrgent && nowMs < this.#nextLearnMs) return undefined;
    // While it is shut, only a change of it is worth telling: another worker may have changed it since.
    if (!isUrgent && mode === 'changes' && this.#isShut()) return undefined;
    this.#nextLearnMs = nowMs + learnIntervalMs;
    const learned = encodeLearned({
      breaker: worthKeeping(this.#breaker.snapshot()),
      limit: this.#concurrency.limit,
      pace: this.#pace,
      rateHoldUntilMs: this.#rateHoldUntilMs,
    });
    if (!isUrgent && mode === 'changes' && learned === this.#lastLearned) return undefined;
    this.#hasNews = false;
    this.#lastLearned = learned;
    return learned;
  }

  /** A new gate would do the same, so that this one need not be kept. */
  isIdle(): boolean {
    return this.#breaker.isIdle() && this.#concurrency.inFlight === 0;
  }

  #isShut(): boolean {
    const { state } = this.#breaker;
    return state !== 'closed' && state !== 'disabled';
  }

  #passage(permit: BreakerPermit): Passage {
    const breaker = this.#breaker;
    const slot = this.#concurrency.tryAcquire();
    let hasLeft = false;
    return {
      leave: (result) => {
        if (hasLeft) return;
        hasLeft = true;
        const outcome = result?.outcome;
        slot?.release(outcome?.concurrency ?? 'ignore');
        if (result !== undefined && outcome?.verdict !== 'own_fault') this.#note(result.outcome, result.durationMs);
        breaker.record(permit, outcome?.breaker ?? 'ignore');
        if (this.#unreachable >= unreachableInARow && breaker === this.#breaker) {
          this.#unreachable = 0;
          breaker.trip({ openMs: unreachableOpenMs });
        }
      },
    };
  }

  #note({ breaker, unreachable }: OutcomeClass, durationMs: number): void {
    this.#pace = durationMs <= quickMs ? 'quick' : 'slow';
    if (breaker !== 'ignore') this.#unreachable = unreachable ? this.#unreachable + 1 : 0;
  }

  #createBreaker(snapshot: BreakerSnapshot | undefined): Breaker {
    const { nowMs: now, random, policy, mayOpen } = this.#options;
    const breaker = createBreaker({
      now,
      random,
      policy,
      mayOpen,
      snapshot,
      onTransition: (transition) => {
        if (breaker !== this.#breaker) return;
        this.#hasNews = true;
        // The receiver is up again, but perhaps not yet warm.
        if (transition.to === 'closed' && transition.from === 'half_open') this.#concurrency.restart();
        this.#options.onTransition(transition);
      },
    });
    return breaker;
  }
}

/** A breaker without a failure to remember is like a new one, but for its generation. */
function worthKeeping(snapshot: BreakerSnapshot): BreakerSnapshot {
  if (
    snapshot.state !== 'closed' ||
    (snapshot.window?.buckets ?? []).some(([, failures, slow]) => failures + slow > 0)
  ) {
    return snapshot;
  }
  const { window: _, lastResultAtMs: __, ...rest } = snapshot;
  return rest;
}
