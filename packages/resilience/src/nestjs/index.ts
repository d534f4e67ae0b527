export { ResilienceModule, RESILIENCE_OPTIONS } from './resilience.module.js';
export type { ResilienceModuleAsyncOptions, ResilienceModuleOptions } from './resilience-options.js';
export { currentCallSignal, Resilience } from './resilience.js';
export { Bulkhead, CircuitBreaker, RateLimit, Retry, Timeout, type AsyncMethodDecorator } from './decorators.js';
export type {
  BulkheadDecoratorOptions,
  CircuitBreakerOptions,
  MethodPolicies,
  RateLimitOptions,
  RetryDecoratorOptions,
  Scope,
} from './method-policies.js';
