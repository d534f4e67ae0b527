import {
  createAdaptiveLimit,
  type AdaptiveLimit,
  type BreakerAdmission,
  type BreakerPermit,
  type BreakerSnapshot,
  type ConcurrencySlot,
} from '@postrider/resilience';
import type { Pace } from '../dispatch/lane-guard.js';
import type { OutcomeClass } from '../sender/classify-outcome.js';
import type { ForcedState, GateBreaker, GateTransition } from './gate-breaker.js';
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
  /** Builds the breaker, which goes on from a snapshot. */
  readonly createBreaker: (
    snapshot: BreakerSnapshot | undefined,
    onTransition: (transition: GateTransition) => void,
  ) => GateBreaker;
  readonly onTransition: (transition: GateTransition) => void;
}

/** An answer to the question whether a request may be made now. */
export type Entry =
  | { readonly passage: Passage }
  | {
      readonly passage: undefined;
      /** From when on; `undefined` when an operator decides. */
      readonly retryAt: Date | undefined;
    };

/** The right to make one request. Must be left once, with what came of it; without an outcome it says nothing. */
export interface Passage {
  /** A promise where the slot should stay taken until others have heard of it. */
  leave(result?: PassageResult): Promise<void> | undefined;
}

/** What came of a request. */
export interface PassageResult {
  readonly outcome: OutcomeClass;
  readonly durationMs: number;
}

/** What guards one endpoint in this process: its circuit breaker, and how many requests at once it bears. */
export class EndpointGate {
  readonly #options: EndpointGateOptions;
  readonly #breaker: GateBreaker;
  #concurrency: AdaptiveLimit;
  #cap: number;
  #unreachable = 0;
  #pace: Pace;
  #rateHoldUntilMs: number | undefined;
  /** The breaker changed, and storage does not know. */
  #hasNews = false;
  #nextLearnMs = 0;
  #lastLearned: string | undefined;
  /** One for all passages: what passes is the hot path. */
  readonly #left: Leaving = (permit, result) => this.#leave(permit, result);

  constructor(options: EndpointGateOptions, params: { readonly cap: number; readonly learned: Learned | undefined }) {
    const { cap, learned } = params;
    this.#options = options;
    this.#cap = cap;
    this.#pace = learned?.pace ?? 'unknown';
    this.#rateHoldUntilMs = learned?.rateHoldUntilMs;
    this.#breaker = options.createBreaker(learned?.breaker, (transition) => this.#changed(transition));
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

  /** See `EndpointState.generation`. */
  get generation(): number {
    return this.#breaker.generation;
  }

  get breakerState(): BreakerSnapshot['state'] {
    return this.#breaker.state;
  }

  snapshot(): BreakerSnapshot {
    return this.#breaker.snapshot();
  }

  /** May a request be made now? */
  enter(): Entry | Promise<Entry> {
    const admission = this.#breaker.acquire();
    if (admission instanceof Promise) return admission.then((answer) => this.#toEntry(answer));
    return this.#toEntry(admission);
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
  force(state: ForcedState): Promise<void> | undefined {
    return this.#breaker.force(state);
  }

  /** The endpoint may have another upper bound now. */
  setCap(cap: number): void {
    if (cap === this.#cap) return;
    this.#cap = cap;
    this.#concurrency = createAdaptiveLimit({ initial: this.#concurrency.limit, max: cap });
  }

  /** Takes over what another worker learned later: its breaker has changed more often. */
  adopt({ breaker, rateHoldUntilMs }: Learned): void {
    this.#rateHoldUntilMs = rateHoldUntilMs;
    if (breaker !== undefined) this.#breaker.adopt(breaker);
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

  #toEntry(admission: BreakerAdmission): Entry {
    return admission.allowed
      ? { passage: new GatePassage(this.#left, admission.permit, this.#concurrency.tryAcquire()) }
      : { passage: undefined, retryAt: admission.retryAt };
  }

  #leave(permit: BreakerPermit, result: PassageResult | undefined): Promise<void> | undefined {
    if (result !== undefined && result.outcome.verdict !== 'own_fault') this.#note(result.outcome, result.durationMs);
    const heard = this.#breaker.record(permit, result?.outcome.breaker ?? 'ignore');
    if (this.#unreachable >= unreachableInARow) {
      this.#unreachable = 0;
      this.#breaker.trip({ openMs: unreachableOpenMs });
    }
    return heard;
  }

  #note({ breaker, unreachable }: OutcomeClass, durationMs: number): void {
    this.#pace = durationMs <= quickMs ? 'quick' : 'slow';
    if (breaker !== 'ignore') this.#unreachable = unreachable ? this.#unreachable + 1 : 0;
  }

  #changed(transition: GateTransition): void {
    this.#hasNews = true;
    // The receiver is up again, but perhaps not yet warm.
    if (transition.to === 'closed' && transition.from === 'half_open') this.#concurrency.restart();
    if (transition.from !== transition.to) this.#options.onTransition(transition);
  }
}

type Leaving = (permit: BreakerPermit, result: PassageResult | undefined) => Promise<void> | undefined;

class GatePassage implements Passage {
  readonly #left: Leaving;
  readonly #permit: BreakerPermit;
  readonly #slot: ConcurrencySlot | undefined;
  #hasLeft = false;

  constructor(left: Leaving, permit: BreakerPermit, slot: ConcurrencySlot | undefined) {
    this.#left = left;
    this.#permit = permit;
    this.#slot = slot;
  }

  leave(result?: PassageResult): Promise<void> | undefined {
    if (this.#hasLeft) return undefined;
    this.#hasLeft = true;
    this.#slot?.release(result?.outcome.concurrency ?? 'ignore');
    return this.#left(this.#permit, result);
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
