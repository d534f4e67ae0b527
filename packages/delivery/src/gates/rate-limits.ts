import type { Application, Endpoint } from '@postrider/core';
import type { SharedState } from '@postrider/resilience';
import { LocalRate, SharedRate, type Rate, type RateLimitStatus } from './rate.js';

/** Why a delivery may not start now. */
export interface RateWait {
  readonly scope: 'endpoint' | 'application';
  /** Deliveries with the same key wait for the same rate. */
  readonly key: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly waitMs: number;
}

/** The rates of one endpoint: its own and that of its application. */
export interface EndpointRates {
  readonly applicationId: string;
  readonly endpointId: string;
  /** Requests per second that both allow; `undefined` when there is no limit. */
  readonly ratePerSecond: number | undefined;
  readonly endpoint: Rate | undefined;
  readonly application: Rate | undefined;
}

/** What may pass at once, as a part of a second's worth: timers come no closer together than some milliseconds. */
const burstSeconds = 0.01;
const forgetAbove = 1_024;

export interface RateLimitsOptions {
  readonly monotonicMs: () => number;
  readonly nowMs: () => number;
  /** Where rates are kept for all workers. Default: each process keeps its own. */
  readonly shared?: SharedState | undefined;
}

/**
 * The rates of endpoints and applications. Requests are paced, so that a rate of 10 is one request every 100 ms and not
 * ten at once.
 */
export class RateLimits {
  readonly #options: RateLimitsOptions;
  readonly #rates = new Map<string, Rate>();
  #forgetAt = forgetAbove;

  constructor(options: RateLimitsOptions) {
    this.#options = options;
  }

  /** The rates as configured now; those in use are changed. */
  ratesOf(application: Pick<Application, 'id' | 'throttleRate'>, endpoint: Endpoint): EndpointRates {
    const rates = [application.throttleRate, endpoint.throttleRate].filter((rate) => rate !== undefined);
    return {
      applicationId: application.id,
      endpointId: endpoint.id,
      ratePerSecond: rates.length === 0 ? undefined : Math.min(...rates),
      endpoint: this.#rate(endpoint.id, endpoint.throttleRate),
      application: this.#rate(application.id, application.throttleRate),
    };
  }

  /** Where the rate of an endpoint or application stands; `undefined` when it has none, or nothing was sent lately. */
  status(id: string, now: Date): RateLimitStatus | Promise<RateLimitStatus> | undefined {
    return this.#rates.get(id)?.status(now);
  }

  #rate(id: string, ratePerSecond: number | undefined): Rate | undefined {
    if (ratePerSecond === undefined) {
      this.#rates.delete(id);
      return undefined;
    }
    const limit = { ratePerSecond, burst: Math.max(1, ratePerSecond * burstSeconds) };
    const known = this.#rates.get(id);
    if (known !== undefined) {
      if (known.limit.ratePerSecond !== ratePerSecond) known.change(limit);
      return known;
    }
    const { monotonicMs, nowMs, shared } = this.#options;
    const rate =
      shared === undefined ? new LocalRate(limit, monotonicMs) : new SharedRate(limit, { shared, subject: id, nowMs });
    this.#rates.set(id, rate);
    if (this.#rates.size > this.#forgetAt) this.#forgetIdle();
    return rate;
  }

  #forgetIdle(): void {
    for (const [id, rate] of this.#rates) if (rate.isIdle()) this.#rates.delete(id);
    this.#forgetAt = Math.max(forgetAbove, this.#rates.size * 2);
  }
}

/** What a delivery of the endpoint would have to wait for now; nothing is booked. */
export function rateWait(rates: EndpointRates): RateWait | undefined {
  const { applicationId, endpointId } = rates;
  const ownMs = rates.endpoint?.waitMs() ?? 0;
  const sharedMs = rates.application?.waitMs() ?? 0;
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
  rates.endpoint?.take();
  rates.application?.take();
  return undefined;
}
