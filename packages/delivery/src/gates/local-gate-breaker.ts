import {
  createBreaker,
  type Breaker,
  type BreakerPermit,
  type BreakerOutcome,
  type BreakerSnapshot,
} from '@postrider/resilience';
import type { ForcedState, GateBreaker, GateBreakerOptions } from './gate-breaker.js';

/**
 * By so much an operator's word raises the generation: no worker makes as many transitions in the seconds that it takes
 * to be heard.
 */
const operatorStride = 1_000;

/** The breaker of this process alone; other workers learn from storage what became of it. */
export class LocalGateBreaker implements GateBreaker {
  readonly #options: GateBreakerOptions;
  #breaker: Breaker;

  constructor(options: GateBreakerOptions, snapshot: BreakerSnapshot | undefined) {
    this.#options = options;
    this.#breaker = this.#create(snapshot);
  }

  get state(): BreakerSnapshot['state'] {
    return this.#breaker.state;
  }

  get generation(): number {
    return this.#breaker.generation;
  }

  snapshot(): BreakerSnapshot {
    return this.#breaker.snapshot();
  }

  acquire(): ReturnType<Breaker['acquire']> {
    return this.#breaker.acquire();
  }

  record(permit: BreakerPermit, outcome: BreakerOutcome): undefined {
    this.#breaker.record(permit, outcome);
  }

  trip(params: { readonly openMs: number }): void {
    this.#breaker.trip(params);
  }

  force(to: ForcedState): undefined {
    const from = this.state;
    const generation = this.generation + operatorStride;
    const closedAtMs = this.#options.nowMs();
    const base = { generation, trips: 0 };
    this.#breaker = this.#create(
      to === 'closed' ? { ...base, state: to, closedAtMs, consecutiveFailures: 0 } : { ...base, state: to },
    );
    this.#options.onTransition({ from, to, cause: 'operator', at: new Date(closedAtMs), heard: false });
  }

  adopt(snapshot: BreakerSnapshot): void {
    if (snapshot.generation > this.generation) this.#breaker = this.#create(snapshot);
  }

  isIdle(): boolean {
    return this.#breaker.isIdle();
  }

  #create(snapshot: BreakerSnapshot | undefined): Breaker {
    const { nowMs: now, onTransition, ...options } = this.#options;
    return createBreaker({
      ...options,
      now,
      snapshot,
      onTransition: (transition) => onTransition({ ...transition, heard: false }),
    });
  }
}
