/**
 * Where the process is in its life. `starting` → `serving` → `draining` (no new deliveries, requests are still
 * answered, readiness says no) → `closing` (requests on open connections are refused).
 */
export type Phase = 'starting' | 'serving' | 'draining' | 'closing';

const order: readonly Phase[] = ['starting', 'serving', 'draining', 'closing'];

/** The phase of this process; it only moves forward. */
export class ServerPhase {
  #current: Phase = 'starting';

  get current(): Phase {
    return this.#current;
  }

  /** Moves on to `phase`; does nothing when that is past already. */
  enter(phase: Phase): void {
    if (order.indexOf(phase) > order.indexOf(this.#current)) this.#current = phase;
  }
}
