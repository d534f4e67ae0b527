import { createRateLimiter, type RateLimit, type RateLimiter, type SharedState } from '@postrider/resilience';

/** Where a rate stands. */
export interface RateLimitStatus {
  /** Requests per second. */
  readonly limit: number;
  /** Requests that could be made now. */
  readonly remaining: number;
  /** When as many as ever could be made. */
  readonly resetAt: Date;
}

/** One rate as this process may use it. */
export interface Rate {
  readonly limit: RateLimit;
  /** What a request would have to wait for; books nothing of this process's own. */
  waitMs(): number;
  /** Makes use of a place for which `waitMs` said 0. */
  take(): void;
  change(limit: RateLimit): void;
  status(now: Date): RateLimitStatus | Promise<RateLimitStatus>;
  /** A new one would do the same. */
  isIdle(): boolean;
}

/** A rate that this process keeps for itself. */
export class LocalRate implements Rate {
  readonly #limiter: RateLimiter;
  #limit: RateLimit;

  constructor(limit: RateLimit, monotonicMs: () => number) {
    this.#limit = limit;
    this.#limiter = createRateLimiter({ ...limit, now: monotonicMs });
  }

  get limit(): RateLimit {
    return this.#limit;
  }

  waitMs(): number {
    // No wait is short enough for this reservation: it only asks.
    return this.#limiter.reserve({ maxWaitMs: -1 }).waitMs;
  }

  take(): void {
    this.#limiter.tryAcquire();
  }

  change(limit: RateLimit): void {
    this.#limit = limit;
    this.#limiter.setLimit(limit);
  }

  status(now: Date): RateLimitStatus {
    const { ratePerSecond, remaining, fullAfterMs } = this.#limiter.status();
    return { limit: ratePerSecond, remaining, resetAt: new Date(now.getTime() + Math.ceil(fullAfterMs)) };
  }

  isIdle(): boolean {
    return this.#limiter.status().fullAfterMs === 0;
  }
}

export interface SharedRateOptions {
  readonly shared: SharedState;
  /** Names the rate in the shared state. */
  readonly subject: string;
  readonly nowMs: () => number;
}

/** An answer of the shared state is looked for this often; it takes a fraction of it. */
const answerMs = 2;
/** Places are booked so far ahead. */
const bookAheadMs = 1_000;
/** Places that nobody used for so long are let go: they would come on top of what others use now. */
const freshMs = 1_000;

/**
 * A rate that all workers share. Who wants to send books places ahead, as many as may pass at once, and waits for them
 * without a slot. One call is under way at a time, and none while nobody wants to send.
 */
export class SharedRate implements Rate {
  readonly #options: SharedRateOptions;
  #limit: RateLimit;
  #places = 0;
  #useAtMs = 0;
  #askAgainAtMs = 0;
  #isAsking = false;

  constructor(limit: RateLimit, options: SharedRateOptions) {
    this.#limit = limit;
    this.#options = options;
  }

  get limit(): RateLimit {
    return this.#limit;
  }

  waitMs(): number {
    const nowMs = this.#options.nowMs();
    if (this.#places > 0) {
      if (nowMs < this.#useAtMs + freshMs) return Math.max(0, this.#useAtMs - nowMs);
      this.#places = 0;
    }
    if (!this.#isAsking && nowMs >= this.#askAgainAtMs) void this.#ask(nowMs);
    return Math.max(answerMs, this.#askAgainAtMs - nowMs);
  }

  take(): void {
    this.#places -= 1;
  }

  change(limit: RateLimit): void {
    this.#limit = limit;
    this.#askAgainAtMs = 0;
  }

  async status(now: Date): Promise<RateLimitStatus> {
    const { shared, subject } = this.#options;
    const limit = this.#limit;
    const { remaining, fullAt } = await shared.readLimit({ subject, limit });
    return { limit: limit.ratePerSecond, remaining, resetAt: fullAt > now ? fullAt : now };
  }

  isIdle(): boolean {
    return !this.#isAsking && this.#options.nowMs() >= this.#useAtMs + freshMs;
  }

  async #ask(nowMs: number): Promise<void> {
    this.#isAsking = true;
    const { shared, subject } = this.#options;
    const limit = this.#limit;
    const cost = Math.max(1, Math.floor(limit.burst));
    try {
      const latestAt = new Date(nowMs + bookAheadMs);
      const answer = await shared.acquireUnits({ subject, limit, cost, latestAt });
      if (answer.granted) {
        this.#places = cost;
        this.#useAtMs = answer.useAt.getTime();
      } else {
        this.#askAgainAtMs = Math.max((answer.retryAt?.getTime() ?? 0) - bookAheadMs, nowMs + answerMs);
      }
    } catch {
      this.#askAgainAtMs = nowMs + bookAheadMs;
    } finally {
      this.#isAsking = false;
    }
  }
}
