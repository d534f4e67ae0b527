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

// One's own calls
export { defaultCallScheduleMs, retry, type CallAttempt, type RetryOptions } from './calls/retry.js';
export { withTimeout, type TimeoutOptions } from './calls/with-timeout.js';

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

// State that replicas share
export {
  SharedState,
  type BreakerTarget,
  type LimitStatus,
  type LimitTarget,
  type SharedAdmission,
  type SharedSnapshot,
  type SharedStateCapabilities,
  type SharedStateStatistics,
  type UnitsAdmission,
} from './ports/shared-state.js';
export { createLocalState, type LocalStateOptions } from './shared/local-state.js';
export { createSharedBreaker, type SharedBreaker, type SharedBreakerOptions } from './shared/shared-breaker.js';
export { createFailoverState, type FailoverStateOptions, type ModeChange } from './shared/failover-state.js';

// Time, errors, and checks for adapters of the port
export type { CallClock } from './ports/clock.js';
export { isResilienceError, ResilienceError, resilienceErrorCodes, type ResilienceErrorCode } from './errors.js';
export { checkCost, checkLimit, checkSubject } from './internal/check-target.js';
