import { checkNumber } from '../internal/check-number.js';
import { SteadyClock } from '../internal/steady-clock.js';
import { DistinctWindow } from './distinct-window.js';

/** When to suspect ourselves rather than the others. */
export interface PanicGuardOptions {
  /** Milliseconds; any clock. */
  readonly now: () => number;
  /**
   * For how long a subject counts as active or opened, in milliseconds. It moves on by sixths: up to a sixth less counts.
   * Default: 60 000.
   */
  readonly windowMs?: number | undefined;
  /** Below so many active subjects nothing is suspected. Default: 10. */
  readonly minimumSubjects?: number | undefined;
  /** Suspicious when more than this part of the active subjects opened. Default: 0.5. */
  readonly openedRatio?: number | undefined;
}

/**
 * Looks at many breakers at once: when most of what we call seems to fail within a minute, the fault is probably on our
 * side (the network, the resolver, a certificate store), and opening still more breakers would only hide it.
 * Memory grows with the subjects of the last two windows, and shrinks again; no timer runs.
 */
export class PanicGuard {
  readonly #clock: SteadyClock;
  readonly #minimumSubjects: number;
  readonly #openedRatio: number;
  readonly #active: DistinctWindow;
  readonly #opened: DistinctWindow;

  /** Use `createPanicGuard`. */
  constructor(options: PanicGuardOptions) {
    this.#clock = new SteadyClock(options.now);
    this.#minimumSubjects = checkNumber('minimumSubjects', options.minimumSubjects ?? 10, { min: 1, integer: true });
    this.#openedRatio = checkNumber('openedRatio', options.openedRatio ?? 0.5, { min: 0, max: 1 });
    const windowMs = checkNumber('windowMs', options.windowMs ?? 60_000, { min: 1 });
    const nowMs = this.#clock.read();
    this.#active = new DistinctWindow({ windowMs, nowMs });
    this.#opened = new DistinctWindow({ windowMs, nowMs });
  }

  /** A call to the subject had a result, good or bad. */
  recordActivity(subject: string): void {
    this.#active.add(subject, this.#clock.read());
  }

  /** The breaker of the subject opened, which is an activity, too. */
  recordOpening(subject: string): void {
    const nowMs = this.#clock.read();
    this.#active.add(subject, nowMs);
    this.#opened.add(subject, nowMs);
  }

  /** Whether so many of the active subjects opened that the fault is probably ours. Ends by itself as openings age. */
  isSuspicious(): boolean {
    const nowMs = this.#clock.read();
    const active = this.#active.size(nowMs);
    return active >= this.#minimumSubjects && this.#opened.size(nowMs) > this.#openedRatio * active;
  }
}

/** A guard over any number of subjects. Options that make no sense are a `RangeError`. */
export function createPanicGuard(options: PanicGuardOptions): PanicGuard {
  return new PanicGuard(options);
}
