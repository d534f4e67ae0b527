// Retrying
export { maxRetryAfterMs, parseRetryAfter } from './retry/retry-after.js';
export {
  defaultMaxRetryAgeMs,
  defaultRetryScheduleMs,
  nextRetry,
  type RetryDecision,
  type RetryParams,
} from './retry/retry-schedule.js';
export {
  createRetryBudget,
  type AttemptKind,
  type RetryBudget,
  type RetryBudgetOptions,
} from './retry/retry-budget.js';

// Circuit breaking
export { createBreaker, type Breaker, type BreakerOptions } from './breaker/breaker.js';
export { defaultBreakerPolicy, defineBreakerPolicy, type BreakerPolicy } from './breaker/breaker-policy.js';
export type {
  BreakerAdmission,
  BreakerOutcome,
  BreakerPermit,
  BreakerSnapshot,
  BreakerTransition,
} from './breaker/breaker-state.js';
export { createPanicGuard, type PanicGuard, type PanicGuardOptions } from './breaker/panic-guard.js';
export type { WindowSnapshot } from './breaker/sliding-window.js';

// Rate limiting
export {
  createRateLimiter,
  type RateDecision,
  type RateLimit,
  type RateLimiter,
  type RateLimiterOptions,
  type RateLimiterStatus,
  type RateReservation,
} from './limiter/rate-limiter.js';

// Limiting concurrency
export {
  createAdaptiveLimit,
  type AdaptiveLimit,
  type AdaptiveLimitOptions,
  type ConcurrencyOutcome,
  type ConcurrencySlot,
} from './concurrency/adaptive-limit.js';
export {
  createBulkhead,
  type Bulkhead,
  type BulkheadOptions,
  type BulkheadResult,
  type BulkheadSlot,
} from './bulkhead/bulkhead.js';
