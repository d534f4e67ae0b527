import { defineBreakerPolicy, type BreakerPolicy } from '../../breaker/breaker-policy.js';
import type { BreakerOutcome, BreakerPermit, BreakerSnapshot } from '../../breaker/breaker-state.js';
import type { SharedSnapshot, SharedState } from '../../ports/shared-state.js';
import type { SharedStateHarness } from './shared-state-harness.js';

/** One rule of the port, named after it. */
export interface ConformanceCase {
  readonly name: string;
  /** Throws when the rule is broken. */
  readonly run: (world: World) => Promise<void>;
}

/** The rules of one concern. */
export interface ConformanceGroup {
  readonly name: string;
  readonly cases: readonly ConformanceCase[];
}

/** An adapter on an empty store, and what cases often do with it. Times are in units of the harness. */
export class World {
  /** Opens after 3 failures in a row, for 4 units; closes after 2 probes with leases of 4 units; the window is 12. */
  readonly policy: BreakerPolicy;

  constructor(
    readonly state: SharedState,
    readonly harness: SharedStateHarness,
  ) {
    this.policy = defineBreakerPolicy({
      consecutiveFailures: 3,
      minimumCalls: 6,
      windowMs: this.units(12),
      windowBuckets: 4,
      openMs: this.units(4),
      maxOpenMs: this.units(64),
      openJitter: 0,
      probeLeaseMs: this.units(4),
      successesToClose: 2,
    });
  }

  units(count: number): number {
    return count * this.harness.unitMs;
  }

  pass(count: number): Promise<void> {
    return this.harness.advance(this.units(count));
  }

  /** How far an instant is away, in units. */
  until(at: Date | number | undefined): number {
    return ((at === undefined ? Number.NaN : Number(at)) - this.harness.nowMs()) / this.harness.unitMs;
  }

  target(known?: BreakerSnapshot) {
    return { subject: 'ep_1', policy: this.policy, known };
  }

  async acquire(state = this.state): Promise<BreakerPermit | undefined> {
    const { admission } = await state.acquire(this.target());
    return admission.allowed ? admission.permit : undefined;
  }

  record(permit: BreakerPermit, outcome: BreakerOutcome, state = this.state): Promise<SharedSnapshot> {
    return state.recordOutcome({ ...this.target(), permit, outcome });
  }

  /** Calls that the breaker must allow, one after another. */
  async call(outcomes: readonly BreakerOutcome[]): Promise<BreakerSnapshot> {
    let snapshot = await this.state.readBreaker(this.target());
    for (const outcome of outcomes) {
      const permit = await this.acquire();
      if (permit === undefined) throw new Error(`a call was refused while the breaker was ${snapshot.state}`);
      snapshot = await this.record(permit, outcome);
    }
    return snapshot;
  }

  /** Three failures. */
  trip(): Promise<BreakerSnapshot> {
    return this.call(['failure', 'failure', 'failure']);
  }
}
