import type { BreakerSnapshot } from '@postrider/resilience';
import type { RateLimitStatus } from '../gates/rate.js';

/** Names an endpoint within its environment and application. */
export interface EndpointRef {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
}

/** The circuit breaker of an endpoint as this process knows it. */
export interface BreakerView extends EndpointRef {
  readonly state: BreakerSnapshot['state'];
  /** Set while `open`: the end of the open time. */
  readonly openUntil?: Date | undefined;
  /** How often it opened since trips were last forgotten. */
  readonly trips: number;
}

/**
 * Looks at what guards endpoints, and overrules it. Where workers share a state, breakers and rates are those of all of
 * them; otherwise every process has its own, and learns of changes elsewhere when it reads the routes again (`routeTtlMs`).
 */
export interface EndpointControl {
  /** Breakers of the environment that are not closed, of the endpoints that this process has worked for lately. */
  listBreakers(params: { readonly environmentId: string }): readonly BreakerView[];

  /** `undefined` when there is no such endpoint. Rejects with `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
  getBreaker(endpoint: EndpointRef): Promise<BreakerView | undefined>;

  /**
   * Overrules the breaker until the next call: `isolated` holds everything back, `disabled` lets everything through and
   * counts nothing, `closed` begins anew. It is stored, and other workers
   * follow at once, or within `routeTtlMs` where invalidations do not reach them. Deliveries that
   * were put off before stay put off. `undefined` when there is no such endpoint. Idempotent.
   * Rejects with `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
   */
  forceBreaker(
    params: EndpointRef & { readonly state: 'isolated' | 'disabled' | 'closed' },
  ): Promise<BreakerView | undefined>;

  /**
   * Where the rates of an endpoint and of its application stand; each is absent when there is no limit.
   * `undefined` when there is no such endpoint. Rejects with `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
   */
  getRateLimits(endpoint: EndpointRef): Promise<
    | {
        readonly endpoint?: RateLimitStatus | undefined;
        readonly application?: RateLimitStatus | undefined;
      }
    | undefined
  >;
}
