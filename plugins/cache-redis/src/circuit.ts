import type { Clock } from '@postrider/core';

/** So many failures in a row open the circuit. */
const failuresToOpen = 3;
/** How long nobody is let through before one call may try again. */
const openForMs = 1_000;

/**
 * Keeps callers from waiting for a Redis that is away.
 *
 * - closed: all pass; the third failure in a row opens it.
 * - open: nobody passes, for a second.
 * - probing: one passes and decides; the others do not.
 */
export class Circuit {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #failures = 0;
  #openUntilMs = Number.NEGATIVE_INFINITY;
  #isProbing = false;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  get isClosed(): boolean {
    return this.#failures < failuresToOpen;
  }

  /** Whether a call may go ahead. Whoever may must tell how it ended. */
  tryEnter(): boolean {
    if (this.isClosed) return true;
    if (this.#isProbing || this.#clock.monotonicMs() < this.#openUntilMs) return false;
    this.#isProbing = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#isProbing = false;
  }

  failed(): void {
    this.#failures += 1;
    this.#isProbing = false;
    if (!this.isClosed) this.#openUntilMs = this.#clock.monotonicMs() + openForMs;
  }
}
