import { checkNumber } from '../internal/check-number.js';

/** How far an adaptive limit may go. */
export interface AdaptiveLimitOptions {
  /** Calls at once in the beginning. Default: 4, brought into the bounds. */
  readonly initial?: number | undefined;
  /** Default: 1. */
  readonly min?: number | undefined;
  /** Default: 32. */
  readonly max?: number | undefined;
}

/**
 * What a call says about the capacity of the other side: `success` speaks for more, `overload` (refused for load, or no
 * answer in time) for half of it, `hold` (slow, or failed in another way) for no more, and `ignore` for nothing.
 */
export type ConcurrencyOutcome = 'success' | 'hold' | 'overload' | 'ignore';

/** One of the calls that may run at once. */
export interface ConcurrencySlot {
  /** The call is over. To be called once, whatever happened; calling it again does nothing. */
  release(outcome: ConcurrencyOutcome): void;
}

/**
 * Finds out how many calls at once the other side bears: additive increase, multiplicative decrease (as in TCP, Chiu and
 * Jain 1989). Latency plays no part, as there are too few calls to one endpoint to tell a trend from noise.
 *
 * - One more after as many successes in a row as the limit is. They count only while at least half of the limit is in
 *   use: a limit that is not tried out does not grow.
 * - Half as many, rounded up, after an overload. Calls that began before that say nothing new: neither do further
 *   overloads of the same moment halve it again, nor do late successes raise it. So it falls at most once per round trip.
 */
export class AdaptiveLimit {
  readonly #min: number;
  readonly #max: number;
  #limit: number;
  #inFlight = 0;
  #streak = 0;
  /** Rises with every decrease; slots of an earlier epoch say nothing about the limit. */
  #epoch = 0;
  /** One for all slots. */
  readonly #release = (epoch: number, outcome: ConcurrencyOutcome): void => {
    if (epoch === this.#epoch) this.#learn(outcome);
    this.#inFlight -= 1;
  };

  /** Use `createAdaptiveLimit`. */
  constructor(options: AdaptiveLimitOptions) {
    this.#min = checkNumber('min', options.min ?? 1, { min: 1, integer: true });
    this.#max = checkNumber('max', options.max ?? 32, { min: this.#min, integer: true });
    const initial = checkNumber('initial', options.initial ?? 4, { min: 1, integer: true });
    this.#limit = Math.min(Math.max(initial, this.#min), this.#max);
  }

  /** Calls that may run at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** Calls that run now. For a while after a decrease there may be more than the limit. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** A slot for a call, or `undefined` while the limit is reached. */
  tryAcquire(): ConcurrencySlot | undefined {
    if (this.#inFlight >= this.#limit) return undefined;
    this.#inFlight += 1;
    return new Slot(this.#release, this.#epoch);
  }

  /** Begins again at the lower bound, as after an outage: the other side is up again, but perhaps not yet warm. */
  restart(): void {
    this.#decreaseTo(this.#min);
  }

  #learn(outcome: ConcurrencyOutcome): void {
    switch (outcome) {
      case 'success':
        if (this.#inFlight * 2 >= this.#limit) this.#countSuccess();
        break;
      case 'hold':
        this.#streak = 0;
        break;
      case 'overload':
        this.#decreaseTo(Math.max(Math.ceil(this.#limit / 2), this.#min));
        break;
      case 'ignore':
        break;
    }
  }

  #countSuccess(): void {
    this.#streak += 1;
    if (this.#streak < this.#limit) return;
    this.#streak = 0;
    this.#limit = Math.min(this.#limit + 1, this.#max);
  }

  #decreaseTo(limit: number): void {
    this.#limit = limit;
    this.#streak = 0;
    this.#epoch += 1;
  }
}

class Slot implements ConcurrencySlot {
  readonly #epoch: number;
  #release: ((epoch: number, outcome: ConcurrencyOutcome) => void) | undefined;

  constructor(release: (epoch: number, outcome: ConcurrencyOutcome) => void, epoch: number) {
    this.#release = release;
    this.#epoch = epoch;
  }

  release(outcome: ConcurrencyOutcome): void {
    const release = this.#release;
    this.#release = undefined;
    release?.(this.#epoch, outcome);
  }
}

/** A limit of its own for each endpoint. Bounds that make no sense are a `RangeError`. */
export function createAdaptiveLimit(options: AdaptiveLimitOptions = {}): AdaptiveLimit {
  return new AdaptiveLimit(options);
}
