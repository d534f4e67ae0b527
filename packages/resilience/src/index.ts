// Retrying
export { maxRetryAfterMs, parseRetryAfter } from './retry/retry-after.js';
export {
  defaultMaxRetryAgeMs,
  defaultRetryScheduleMs,
  nextRetry,
  type RetryDecision,
  type RetryParams,
} from './retry/retry-schedule.js';
