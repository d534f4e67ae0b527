import type { Application, Endpoint } from '@postrider/core';
import { createRateLimiter, type RateLimiter } from '@postrider/resilience';

/** Why a delivery may not start now. */
export interface RateWait {
  readonly scope: 'endpoint' | 'application';
  /** Deliveries with the same key wait for the same rate. */
  readonly key: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly waitMs: number;
}

/** Where a rate stands. */
export interface RateLimitStatus {
  /** Requests per second. */
  readonly limit: number;
  /** Requests that could be made now. */
  readonly remaining: number;
  /** When as many as ever could be made. */
  readonly resetAt: Date;
}

/** The rates of one endpoint: its own and that of its application. */
export interface EndpointRates {
  readonly applicationId: string;
  readonly endpointId: string;
  /** Requests per second that both allow; `undefined` when there is no limit. */
  readonly ratePerSecond: number | undefined;
  readonly endpoint: RateLimiter | undefined;
  readonly application: RateLimiter | undefined;
}

/** What may pass at once, as a part of a second's worth: timers come no closer together than some milliseconds. */
const burstSeconds = 0.01;
const forgetAbove = 1_024;

/**
 * The rates of endpoints and applications in this process. Requests are paced, so that a rate of 10 is one request
 * every 100 ms and not ten at once. A limiter that all workers share takes this place.
 */
export class RateLimits {
  readonly #monotonicMs: () => number;
  readonly #limiters = new Map<string, RateLimiter>();
  #forgetAt = forgetAbove;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** The rates as configured now; those in use are changed. */
  ratesOf(application: Pick<Application, 'id' | 'throttleRate'>, endpoint: Endpoint): EndpointRates {
    const rates = [application.throttleRate, endpoint.throttleRate].filter((rate) => rate !== undefined);
    return {
      applicationId: application.id,
      endpointId: endpoint.id,
      ratePerSecond: rates.length === 0 ? undefined : Math.min(...rates),
      endpoint: this.#limiter(endpoint.id, endpoint.throttleRate),
      application: this.#limiter(application.id, application.throttleRate),
    };
  }

  /** Where the rate of an endpoint or application stands; `undefined` when it has none, or nothing was sent lately. */
  status(id: string, now: Date): RateLimitStatus | undefined {
    const status = this.#limiters.get(id)?.status();
    if (status === undefined) return undefined;
    const { ratePerSecond: limit, remaining, fullAfterMs } = status;
    return { limit, remaining, resetAt: new Date(now.getTime() + Math.ceil(fullAfterMs)) };
  }

  #limiter(id: string, ratePerSecond: number | undefined): RateLimiter | undefined {
    if (ratePerSecond === undefined) {
      this.#limiters.delete(id);
      return undefined;
    }
    const limit = { ratePerSecond, burst: Math.max(1, ratePerSecond * burstSeconds) };
    let limiter = this.#limiters.get(id);
    if (limiter === undefined) {
      limiter = createRateLimiter({ ...limit, now: this.#monotonicMs });
      this.#limiters.set(id, limiter);
      if (this.#limiters.size > this.#forgetAt) this.#forgetIdle();
    } else if (limiter.status().ratePerSecond !== ratePerSecond) {
      limiter.setLimit(limit);
    }
    return limiter;
  }

  /** A limiter that is full again is like a new one. */
  #forgetIdle(): void {
    for (const [id, limiter] of this.#limiters) if (limiter.status().fullAfterMs === 0) this.#limiters.delete(id);
    this.#forgetAt = Math.max(forgetAbove, this.#limiters.size * 2);
  }
}

/** What a delivery of the endpoint would have to wait for now; nothing is booked. */
export function rateWait(rates: EndpointRates): RateWait | undefined {
  const { applicationId, endpointId } = rates;
  const ownMs = waitOf(rates.endpoint);
  const sharedMs = waitOf(rates.application);
  if (ownMs === 0 && sharedMs === 0) return undefined;
  // Who waits for both waits where fewer others wait.
  return ownMs > 0
    ? { scope: 'endpoint', key: endpointId, applicationId, endpointId, waitMs: ownMs }
    : { scope: 'application', key: applicationId, applicationId, endpointId, waitMs: sharedMs };
}

/** Books one request of both rates, or none and says what to wait for. */
export function takeRate(rates: EndpointRates): RateWait | undefined {
  if (rates.ratePerSecond === undefined) return undefined;
  const wait = rateWait(rates);
  if (wait !== undefined) return wait;
  rates.endpoint?.tryAcquire();
  rates.application?.tryAcquire();
  return undefined;
}

function waitOf(limiter: RateLimiter | undefined): number {
  // No wait is short enough for this reservation: it only asks.
  return limiter === undefined ? 0 : limiter.reserve({ maxWaitMs: -1 }).waitMs;
}
