/**
 * Reads a clock that may be set back as one that merely stands still for a moment: a step back counts as no time at all,
 * and everything that was pending stays as far away as it was. Steps forward are believed.
 */
export class SteadyClock {
  readonly #now: () => number;
  #lastMs: number;
  /** How far this clock is ahead of its source, by all the steps back so far. */
  #aheadMs = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#lastMs = now();
  }

  /** Milliseconds that never decrease; those of the source until it is first set back. */
  read(): number {
    const nowMs = this.#now() + this.#aheadMs;
    if (nowMs >= this.#lastMs) {
      this.#lastMs = nowMs;
    } else {
      this.#aheadMs += this.#lastMs - nowMs;
    }
    return this.#lastMs;
  }

  /** What the source will say at an instant of this clock, if it is not set again. */
  toSourceMs(steadyMs: number): number {
    return steadyMs - this.#aheadMs;
  }
}
