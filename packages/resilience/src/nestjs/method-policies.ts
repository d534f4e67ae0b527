import type { BreakerPolicy } from '../breaker/breaker-policy.js';
import type { BreakerOutcome } from '../breaker/breaker-state.js';
import type { BulkheadOptions } from '../bulkhead/bulkhead.js';
import type { RetryOptions } from '../calls/retry.js';
import type { RateLimit } from '../limiter/rate-limiter.js';

/** Which breaker, limiter or bulkhead a call belongs to. */
export interface Scope {
  /** Methods of one name share it. Default: `Class.method`. */
  readonly name?: string | undefined;
  /** Tells calls of one method apart by their arguments, such as `(endpointId) => endpointId`. Default: all are one. */
  readonly key?: ((...args: never[]) => string) | undefined;
}

/** Options of `@CircuitBreaker`. */
export interface CircuitBreakerOptions extends Scope {
  /** Default: `defaultBreakerPolicy`. */
  readonly policy?: BreakerPolicy | undefined;
  /** A success that takes longer counts as slow, in milliseconds. Default: 10 000. */
  readonly slowMs?: number | undefined;
  /** What a failure says about the other side: `ignore` for one's own faults. Default: always `failure`. */
  readonly classify?: ((error: unknown) => BreakerOutcome) | undefined;
}

/** Options of `@RateLimit`. */
export interface RateLimitOptions extends Scope, RateLimit {
  /** A call waits so long for its place, in milliseconds, and is refused when it would be longer. Default: 0. */
  readonly maxWaitMs?: number | undefined;
}

/** Options of `@Bulkhead`. */
export interface BulkheadDecoratorOptions extends BulkheadOptions, Pick<Scope, 'name'> {}

/** Options of `@Retry`. */
export type RetryDecoratorOptions = Pick<RetryOptions, 'scheduleMs' | 'maxAgeMs' | 'isRetryable' | 'retryAfterMs'>;

/** What the decorators of one method say. */
export interface MethodPolicies {
  /** `Class.method`. */
  readonly method: string;
  retry?: RetryDecoratorOptions;
  circuitBreaker?: CircuitBreakerOptions;
  rateLimit?: RateLimitOptions;
  bulkhead?: BulkheadDecoratorOptions;
  timeout?: { readonly timeoutMs: number };
}
