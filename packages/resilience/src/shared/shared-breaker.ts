import { systemCallClock } from '../adapters/system-call-clock.js';
import type { BreakerPolicy } from '../breaker/breaker-policy.js';
import type { BreakerAdmission, BreakerOutcome, BreakerPermit, BreakerSnapshot } from '../breaker/breaker-state.js';
import { checkNumber } from '../internal/check-number.js';
import type { CallClock } from '../ports/clock.js';
import type { BreakerTarget, SharedState } from '../ports/shared-state.js';

/** What a shared breaker is made of. */
export interface SharedBreakerOptions {
  readonly state: SharedState;
  /** As in `BreakerTarget`. */
  readonly subject: string;
  /** Default: `defaultBreakerPolicy`. */
  readonly policy?: BreakerPolicy | undefined;
  /** While no call is allowed, ask the shared state again after so many milliseconds: an operator may have closed it. Default: 5 000. */
  readonly refreshMs?: number | undefined;
  /** Asked with each result, as in `BreakerOptions`. Default: always `true`. */
  readonly mayOpen?: (() => boolean) | undefined;
  /** Default: the clock of this machine. */
  readonly clock?: CallClock | undefined;
}

/**
 * A breaker whose state is shared, as one process sees it. Costs one call of the shared state per result, and none to ask
 * while it is closed: a process learns with its next result that others have opened it.
 */
export class SharedBreaker {
  readonly #options: SharedBreakerOptions;
  readonly #clock: CallClock;
  readonly #refreshMs: number;
  #known: BreakerSnapshot | undefined;
  #knownAtMs = 0;

  /** Use `createSharedBreaker`. */
  constructor(options: SharedBreakerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemCallClock;
    this.#refreshMs = checkNumber('refreshMs', options.refreshMs ?? 5000, { min: 0 });
  }

  /** The mode it was in when this process last heard of it. */
  get state(): BreakerSnapshot['state'] {
    return this.#known?.state ?? 'closed';
  }

  /** May a call be made now? If so, its result is due with `record`. */
  async acquire(params: { readonly signal?: AbortSignal | undefined } = {}): Promise<BreakerAdmission> {
    const known = this.#admitByKnown();
    if (known !== undefined) return known;
    const { admission, snapshot } = await this.#options.state.acquire({ ...this.#target(), ...params });
    this.#learn(snapshot);
    return admission;
  }

  /** The result of a call, once per permit. */
  async record(permit: BreakerPermit, outcome: BreakerOutcome): Promise<void> {
    if (outcome === 'ignore' && permit.probe === undefined) return;
    const { state, mayOpen } = this.#options;
    this.#learn(
      await state.recordOutcome({ ...this.#target(), permit, outcome, mayOpen: mayOpen === undefined || mayOpen() }),
    );
  }

  /** Asks the shared state how it stands. */
  async read(): Promise<BreakerSnapshot> {
    const snapshot = await this.#options.state.readBreaker(this.#target());
    this.#learn(snapshot);
    return snapshot;
  }

  #admitByKnown(): BreakerAdmission | undefined {
    const known = this.#known;
    if (known === undefined) return undefined;
    if (known.state === 'closed' || known.state === 'disabled') {
      return { allowed: true, permit: { generation: known.generation, probe: undefined } };
    }
    if (this.#clock.monotonicMs() - this.#knownAtMs >= this.#refreshMs) return undefined;
    if (known.state === 'open') return this.#refuse('open', known.openUntilMs);
    if (known.state === 'half_open') return this.#refuse('probing', known.leaseUntilMs);
    return { allowed: false, reason: 'isolated', retryAt: undefined };
  }

  #refuse(reason: 'open' | 'probing', untilMs: number | undefined): BreakerAdmission | undefined {
    if (untilMs === undefined || untilMs <= this.#clock.nowMs()) return undefined;
    return { allowed: false, reason, retryAt: new Date(Math.ceil(untilMs)) };
  }

  #target(): BreakerTarget {
    return { subject: this.#options.subject, policy: this.#options.policy, known: this.#known };
  }

  /** Answers may arrive in another order than they were given: an older generation is no news. */
  #learn(snapshot: BreakerSnapshot): void {
    if (this.#known !== undefined && snapshot.generation < this.#known.generation) return;
    this.#known = snapshot;
    this.#knownAtMs = this.#clock.monotonicMs();
  }
}

/** A view of one shared breaker; keep one per subject and process. */
export function createSharedBreaker(options: SharedBreakerOptions): SharedBreaker {
  return new SharedBreaker(options);
}
