import type {
  BreakerAdmission,
  BreakerOutcome,
  BreakerPermit,
  BreakerSnapshot,
  BreakerTarget,
  SharedSnapshot,
  SharedState,
} from '@postrider/resilience';
import type { ForcedState, GateBreaker, GateBreakerOptions, GateTransition } from './gate-breaker.js';

export interface SharedGateBreakerOptions extends GateBreakerOptions {
  readonly shared: SharedState;
  /** Names the breaker in the shared state. */
  readonly subject: string;
}

/** Another worker probes: ask again after this, and not only when the lease of the probe ends. */
const longestProbeWaitMs = 5_000;
/** How soon a worker asks again after the shared state failed it. */
const askAgainMs = 1_000;

/**
 * The breaker that all workers share. Results go to the shared state, one call each, and what it answers is known here
 * from then on. Successes of a closed breaker are told in passing; a failure or a probe is told before its slot is free,
 * so that a fleet does not run on for the length of a call after it has failed often enough.
 */
export class SharedGateBreaker implements GateBreaker {
  readonly #options: SharedGateBreakerOptions;
  #known: BreakerSnapshot;
  /** Calls under way whose answer may change what is known. */
  #pending = 0;

  constructor(options: SharedGateBreakerOptions, snapshot: BreakerSnapshot | undefined) {
    this.#options = options;
    this.#known = snapshot ?? newlyClosed(options.nowMs());
  }

  get state(): BreakerSnapshot['state'] {
    return this.#known.state;
  }

  get generation(): number {
    return this.#known.generation;
  }

  snapshot(): BreakerSnapshot {
    return this.#known;
  }

  acquire(): BreakerAdmission | Promise<BreakerAdmission> {
    const known = this.#known;
    switch (known.state) {
      case 'closed':
      case 'disabled':
        return { allowed: true, permit: { generation: known.generation, probe: undefined } };
      case 'isolated':
        return { allowed: false, reason: 'isolated', retryAt: undefined };
      case 'open':
        if (known.openUntilMs <= this.#options.nowMs()) return this.#ask();
        return { allowed: false, reason: 'open', retryAt: new Date(Math.ceil(known.openUntilMs)) };
      case 'half_open':
        return this.#ask();
    }
  }

  record(permit: BreakerPermit, outcome: BreakerOutcome): Promise<void> | undefined {
    if (outcome === 'ignore' && permit.probe === undefined) return undefined;
    const { shared, mayOpen } = this.#options;
    const isPassing = outcome === 'success' && permit.probe === undefined;
    const heard = this.#hear(() =>
      shared.recordOutcome({ ...this.#target(), permit, outcome, mayOpen: isPassing || mayOpen() }),
    );
    return isPassing ? undefined : heard;
  }

  trip({ openMs }: { readonly openMs: number }): void {
    const { nowMs, random, policy, mayOpen, shared } = this.#options;
    const { state, generation, trips } = this.#known;
    if ((state !== 'closed' && state !== 'half_open') || !mayOpen()) return;
    const openUntilMs = nowMs() + Math.round(openMs * (1 + policy.openJitter * (2 * random() - 1)));
    const changedFrom = state;
    this.#learn({ state: 'open', generation: generation + 1, trips: trips + 1, openUntilMs, changedFrom }, 'tripped');
    // Asking brings along what is known here, which outranks what is known there.
    void this.#hear(async () => (await shared.acquire(this.#target())).snapshot);
  }

  force(to: ForcedState): Promise<void> {
    return this.#hear(() => this.#options.shared.forceBreaker({ ...this.#target(), to }), 'operator');
  }

  adopt(snapshot: BreakerSnapshot): void {
    if (snapshot.generation > this.generation) this.#known = snapshot;
  }

  isIdle(): boolean {
    return this.#pending === 0 && this.#known.state === 'closed' && this.#known.consecutiveFailures === 0;
  }

  async #ask(): Promise<BreakerAdmission> {
    let answer: BreakerAdmission | undefined;
    await this.#hear(async () => {
      const { admission, snapshot } = await this.#options.shared.acquire(this.#target());
      answer = admission;
      return snapshot;
    });
    const nowMs = this.#options.nowMs();
    if (answer === undefined) return { allowed: false, reason: 'open', retryAt: new Date(nowMs + askAgainMs) };
    if (answer.allowed || answer.reason !== 'probing') return answer;
    const retryAtMs = Math.min(answer.retryAt?.getTime() ?? Infinity, nowMs + longestProbeWaitMs);
    return { ...answer, retryAt: new Date(retryAtMs) };
  }

  /** What fails says nothing: the shared state is a hint, and its failover answers in its place. */
  async #hear(call: () => Promise<SharedSnapshot>, cause?: GateTransition['cause']): Promise<void> {
    this.#pending += 1;
    try {
      this.#learn(await call(), cause);
    } catch {
      // Nothing was heard.
    } finally {
      this.#pending -= 1;
    }
  }

  #target(): BreakerTarget {
    const { subject, policy } = this.#options;
    return { subject, policy, known: this.#known };
  }

  /** Answers may arrive in another order than they were given: an older generation is no news. */
  #learn({ changedFrom, ...snapshot }: SharedSnapshot, cause?: GateTransition['cause']): void {
    const before = this.#known;
    const isNews = snapshot.generation > before.generation;
    if (snapshot.generation >= before.generation) this.#known = snapshot;
    const heard = changedFrom === undefined;
    // What a call of ours changed is told even when what followed from it was heard of sooner.
    if (!isNews && heard) return;
    const [from, to] = [changedFrom ?? before.state, snapshot.state];
    const at = new Date(this.#options.nowMs());
    this.#options.onTransition({ from, to, cause: cause ?? causeOf(from, to), at, heard });
  }
}

/** States that only an operator begins and ends. */
const operatorsOwn: ReadonlySet<BreakerSnapshot['state']> = new Set(['isolated', 'disabled']);

/** What can be told of a transition that was decided elsewhere. */
function causeOf(from: BreakerSnapshot['state'], to: BreakerSnapshot['state']): GateTransition['cause'] {
  if (operatorsOwn.has(from) || operatorsOwn.has(to)) return 'operator';
  if (from === 'open' && to === 'half_open') return 'open_time_over';
  if (from === 'half_open' && to === 'open') return 'probe_failed';
  if (from === 'half_open' && to === 'closed') return 'probes_succeeded';
  return 'shared';
}

function newlyClosed(nowMs: number): BreakerSnapshot {
  return { state: 'closed', generation: 1, trips: 0, closedAtMs: nowMs, consecutiveFailures: 0 };
}
