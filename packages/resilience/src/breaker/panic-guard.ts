import { checkNumber } from '../internal/check-number.js';
import { SteadyClock } from '../internal/steady-clock.js';

/** When to suspect ourselves rather than the others. */
export interface PanicGuardOptions {
  /** Milliseconds; any clock. */
  readonly now: () => number;
  /** A subject is active for so many milliseconds after its last activity, and counts as opened as long. Default: 60 000. */
  readonly windowMs?: number | undefined;
  /** Below so many active subjects nothing is suspected. Default: 10. */
  readonly minimumSubjects?: number | undefined;
  /** Suspicious when more than this part of the active subjects opened. Default: 0.5. */
  readonly openedRatio?: number | undefined;
}

/**
 * Looks at many breakers at once: when most of what we call seems to fail within a minute, the fault is probably on our
 * side (the network, the resolver, a certificate store), and opening still more breakers would only hide it.
 * Memory grows with the subjects that were active within the window, and shrinks again; no timer runs.
 */
export class PanicGuard {
  readonly #clock: SteadyClock;
  readonly #windowMs: number;
  readonly #minimumSubjects: number;
  readonly #openedRatio: number;
  /** When each subject was last active and last opened; a `Map` keeps the order, so the oldest are in front. */
  readonly #activeAtMs = new Map<string, number>();
  readonly #openedAtMs = new Map<string, number>();

  /** Use `createPanicGuard`. */
  constructor(options: PanicGuardOptions) {
    this.#clock = new SteadyClock(options.now);
    this.#windowMs = checkNumber('windowMs', options.windowMs ?? 60_000, { min: 1 });
    this.#minimumSubjects = checkNumber('minimumSubjects', options.minimumSubjects ?? 10, { min: 1, integer: true });
    this.#openedRatio = checkNumber('openedRatio', options.openedRatio ?? 0.5, { min: 0, max: 1 });
  }

  /** A call to the subject had a result, good or bad. */
  recordActivity(subject: string): void {
    const nowMs = this.#clock.read();
    touch(this.#activeAtMs, subject, nowMs);
    this.#expire(nowMs);
  }

  /** The breaker of the subject opened, which is an activity, too. */
  recordOpening(subject: string): void {
    const nowMs = this.#clock.read();
    touch(this.#activeAtMs, subject, nowMs);
    touch(this.#openedAtMs, subject, nowMs);
    this.#expire(nowMs);
  }

  /** Whether so many of the active subjects opened that the fault is probably ours. Ends by itself as openings age. */
  isSuspicious(): boolean {
    this.#expire(this.#clock.read());
    const active = this.#activeAtMs.size;
    return active >= this.#minimumSubjects && this.#openedAtMs.size > this.#openedRatio * active;
  }

  #expire(nowMs: number): void {
    dropOlderThan(this.#activeAtMs, nowMs - this.#windowMs);
    dropOlderThan(this.#openedAtMs, nowMs - this.#windowMs);
  }
}

/** A guard over any number of subjects. Options that make no sense are a `RangeError`. */
export function createPanicGuard(options: PanicGuardOptions): PanicGuard {
  return new PanicGuard(options);
}

function touch(lastAtMs: Map<string, number>, subject: string, nowMs: number): void {
  lastAtMs.delete(subject);
  lastAtMs.set(subject, nowMs);
}

function dropOlderThan(lastAtMs: Map<string, number>, oldestMs: number): void {
  for (const [subject, atMs] of lastAtMs) {
    if (atMs > oldestMs) return;
    lastAtMs.delete(subject);
  }
}
