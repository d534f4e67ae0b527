import { LRUCache } from 'lru-cache';
import type { Clock } from '@postrider/core';
import { createRateLimiter, type RateLimiter } from '@postrider/resilience';

const maxKeys = 10_000;

/** How many requests one key may make in this process. `ratePerSecond` 0 is as many as it likes. */
export interface ApiRate {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** What to tell a caller about its limit. */
export interface ApiRateAnswer {
  /** Whole seconds to wait; absent when the request may pass. */
  readonly retryAfterSeconds?: number | undefined;
  /** `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-10. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Bounds the requests of each key, so that one client in a loop does not take the API from the others. */
export class ApiLimiter {
  readonly #limiters = new LRUCache<string, RateLimiter>({ max: maxKeys });
  readonly #clock: Clock;
  readonly #rate: ApiRate;
  readonly #policy: string;

  constructor({ clock, rate }: { readonly clock: Clock; readonly rate: ApiRate }) {
    this.#clock = clock;
    this.#rate = rate;
    const windowSeconds = Math.max(Math.ceil(rate.burst / rate.ratePerSecond), 1);
    this.#policy = `"key";q=${rate.burst};w=${windowSeconds}`;
  }

  /** Counts a request of the key; `undefined` when there is no limit. */
  take(keyId: string): ApiRateAnswer | undefined {
    if (this.#rate.ratePerSecond === 0) return undefined;
    const limiter = this.#limiterOf(keyId);
    const decision = limiter.tryAcquire();
    const { remaining, fullAfterMs } = limiter.status();
    return {
      retryAfterSeconds: decision.allowed ? undefined : Math.max(Math.ceil(decision.retryAfterMs / 1_000), 1),
      headers: {
        'ratelimit-policy': this.#policy,
        ratelimit: `"key";r=${remaining};t=${Math.ceil(fullAfterMs / 1_000)}`,
      },
    };
  }

  #limiterOf(keyId: string): RateLimiter {
    const known = this.#limiters.get(keyId);
    if (known !== undefined) return known;
    const limiter = createRateLimiter({ ...this.#rate, now: () => this.#clock.monotonicMs() });
    this.#limiters.set(keyId, limiter);
    return limiter;
  }
}
