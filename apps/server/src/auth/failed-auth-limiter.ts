import { LRUCache } from 'lru-cache';
import type { Clock } from '@postrider/core';
import { createRateLimiter, type RateLimiter } from '@postrider/resilience';

const maxAddresses = 10_000;

/**
 * Counts the wrong keys that come from an address. An address that sends too many is turned away without asking the
 * store, which is all that guessing could do harm to. Keys that were right within the last hour keep working from it:
 * many clients may share an address.
 */
export class FailedAuthLimiter {
  readonly #limiters = new LRUCache<string, RateLimiter>({ max: maxAddresses });
  readonly #clock: Clock;
  readonly #perMinute: number;

  /** `perMinute` 0 counts nothing. */
  constructor({ clock, perMinute }: { readonly clock: Clock; readonly perMinute: number }) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  isExhausted(address: string): boolean {
    return this.#limiters.get(address)?.status().remaining === 0;
  }

  /** Notes a wrong key; milliseconds until the address may try again, 0 for at once. */
  note(address: string): number {
    if (this.#perMinute === 0) return 0;
    const decision = this.#limiterOf(address).tryAcquire();
    return decision.allowed ? 0 : decision.retryAfterMs;
  }

  #limiterOf(address: string): RateLimiter {
    const known = this.#limiters.get(address);
    if (known !== undefined) return known;
    const now = () => this.#clock.monotonicMs();
    const limiter = createRateLimiter({ ratePerSecond: this.#perMinute / 60, burst: this.#perMinute, now });
    this.#limiters.set(address, limiter);
    return limiter;
  }
}
