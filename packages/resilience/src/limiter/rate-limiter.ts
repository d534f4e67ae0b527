import { checkCost, checkLimit } from '../internal/check-target.js';
import { SteadyClock } from '../internal/steady-clock.js';

const SECOND_MS = 1000;

/** How much is let through. */
export interface RateLimit {
  /** Units per second in the long run; greater than 0. */
  readonly ratePerSecond: number;
  /** Units that may pass at once after a pause; at least 1. */
  readonly burst: number;
}

/** What a limiter is made of. */
export interface RateLimiterOptions extends RateLimit {
  /** Milliseconds, with or without a fraction; any clock. Being set back counts as no time. */
  readonly now: () => number;
}

/** Whether something may pass now. */
export type RateDecision =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** After so many milliseconds the same cost would pass; `Infinity` when it is greater than the burst. */
      readonly retryAfterMs: number;
    };

/** Whether a place in time was booked. */
export type RateReservation =
  | {
      readonly reserved: true;
      /** Milliseconds to wait before making use of it; 0 for at once. */
      readonly waitMs: number;
    }
  | {
      readonly reserved: false;
      /** Milliseconds that it would have been; `Infinity` when the cost is greater than the burst. */
      readonly waitMs: number;
    };

/** Where a limiter stands. */
export interface RateLimiterStatus extends RateLimit {
  /** Whole units that would pass now. */
  readonly remaining: number;
  /** Milliseconds until the whole burst would pass. */
  readonly fullAfterMs: number;
}

const ALLOWED: RateDecision = { allowed: true };

/** Sums of fractions miss a whole number by less than this; without it the last unit of a burst might have to wait. */
const ROUNDING_MS = 1e-6;

/**
 * Generic cell rate algorithm (ITU-T I.371): one number says how far what has passed is ahead of the steady rate, and
 * shrinks as time passes. Over any span of time at most `burst + ratePerSecond × span` units pass.
 */
export class RateLimiter {
  readonly #clock: SteadyClock;
  #intervalMs = 0;
  #burst = 0;
  /** How far ahead it was at `#atMs`. Kept as a difference, which a double holds more exactly than an instant. */
  #aheadMs = 0;
  #atMs: number;

  /** Use `createRateLimiter`. */
  constructor(options: RateLimiterOptions) {
    this.#clock = new SteadyClock(options.now);
    this.#atMs = this.#clock.read();
    this.#adopt(options);
  }

  /** Lets `cost` units pass, all or none. A cost of 0 always passes; a negative one is a `RangeError`. */
  tryAcquire(cost = 1): RateDecision {
    const retryAfterMs = this.#book(cost, 0);
    return retryAfterMs === 0 ? ALLOWED : { allowed: false, retryAfterMs };
  }

  /**
   * Books the next free place for `cost` units, also one in the future: wait so long, then go. Callers that wait as told
   * leave in the order of their reservations, at the steady rate. Nothing is booked when the wait is longer than
   * `maxWaitMs` (default: any wait will do). What was booked cannot be given back.
   */
  reserve(params: { readonly cost?: number; readonly maxWaitMs?: number } = {}): RateReservation {
    const { cost = 1, maxWaitMs = Number.MAX_SAFE_INTEGER } = params;
    const waitMs = this.#book(cost, maxWaitMs);
    return { reserved: waitMs <= maxWaitMs, waitMs };
  }

  /** Changes the limit from now on. Units that are left stay, up to the new burst; so do reservations. */
  setLimit(limit: RateLimit): void {
    this.#drain();
    const left = this.#burst - this.#aheadMs / this.#intervalMs;
    this.#adopt(limit);
    this.#aheadMs = (this.#burst - Math.min(left, this.#burst)) * this.#intervalMs;
  }

  /** Whether this is the limit in force. */
  hasLimit({ ratePerSecond, burst }: RateLimit): boolean {
    return this.#intervalMs === SECOND_MS / ratePerSecond && this.#burst === burst;
  }

  /** Where it stands now, for a response header or a metric. */
  status(): RateLimiterStatus {
    this.#drain();
    return {
      ratePerSecond: SECOND_MS / this.#intervalMs,
      burst: this.#burst,
      remaining: Math.max(Math.floor(this.#burst - (this.#aheadMs - ROUNDING_MS) / this.#intervalMs), 0),
      fullAfterMs: this.#aheadMs,
    };
  }

  /** How long `cost` units must wait; they are booked when that is at most `maxWaitMs`. */
  #book(cost: number, maxWaitMs: number): number {
    if (!(cost > 0)) checkCost(cost);
    if (cost > this.#burst) return Infinity;
    if (cost === 0) return 0;
    this.#drain();
    const aheadMs = this.#aheadMs + this.#intervalMs * cost;
    const excessMs = aheadMs - this.#intervalMs * this.#burst;
    const waitMs = excessMs > ROUNDING_MS ? excessMs : 0;
    if (waitMs <= maxWaitMs) this.#aheadMs = aheadMs;
    return waitMs;
  }

  #drain(): void {
    const nowMs = this.#clock.read();
    this.#aheadMs = Math.max(this.#aheadMs - (nowMs - this.#atMs), 0);
    this.#atMs = nowMs;
  }

  #adopt(limit: RateLimit): void {
    const { ratePerSecond, burst } = checkLimit(limit);
    this.#intervalMs = SECOND_MS / ratePerSecond;
    this.#burst = burst;
  }
}

/** A limiter that starts with its whole burst. A limit that makes no sense is a `RangeError`. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  return new RateLimiter(options);
}
