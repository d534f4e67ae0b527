import { AsyncLocalStorage } from 'node:async_hooks';
import { systemCallClock, systemRandom } from '../adapters/system-call-clock.js';
import type { BreakerPolicy } from '../breaker/breaker-policy.js';
import { createBulkhead, type Bulkhead } from '../bulkhead/bulkhead.js';
import { retry } from '../calls/retry.js';
import { withTimeout } from '../calls/with-timeout.js';
import { isResilienceError, ResilienceError } from '../errors.js';
import { BoundedMap } from '../internal/bounded-map.js';
import type { CallClock } from '../ports/clock.js';
import type { SharedState } from '../ports/shared-state.js';
import { createRetryBudget, type RetryBudget } from '../retry/retry-budget.js';
import { createLocalState } from '../shared/local-state.js';
import { createSharedBreaker, type SharedBreaker } from '../shared/shared-breaker.js';
import type { MethodPolicies, Scope } from './method-policies.js';
import type { ResilienceModuleOptions } from './resilience-options.js';

const MAX_BREAKERS = 100_000;
const DEFAULT_SLOW_MS = 10_000;
const callSignals = new AsyncLocalStorage<AbortSignal>();

/** The signal of the `@Timeout` around the running call, to be passed on; `undefined` outside of one. */
export function currentCallSignal(): AbortSignal | undefined {
  return callSignals.getStore();
}

type Call<T> = () => Promise<T>;

/**
 * Runs decorated methods. From the outside in: retry, circuit breaker, rate limit, bulkhead, timeout, the method. So each
 * attempt of a retry is counted by the breaker, an open breaker uses up no rate, and waiting in a queue is not part of
 * the time that a call may take. Refusals (`BREAKER_OPEN`, …) are not tried again: that would make the load worse.
 */
export class Resilience {
  readonly #state: SharedState;
  readonly #budget: RetryBudget;
  readonly #clock: CallClock;
  readonly #random: () => number;
  readonly #breakers = new BoundedMap<SharedBreaker>(MAX_BREAKERS);
  readonly #bulkheads = new Map<string, Bulkhead>();

  constructor(options: ResilienceModuleOptions = {}) {
    this.#clock = options.clock ?? systemCallClock;
    this.#random = options.random ?? systemRandom;
    this.#state = options.state ?? createLocalState({ clock: this.#clock, random: this.#random });
    this.#budget = options.retryBudget ?? createRetryBudget({ now: () => this.#clock.monotonicMs() });
  }

  /** Where breakers and limiters are kept: for statistics, and for operators (`forceBreaker`). */
  get state(): SharedState {
    return this.#state;
  }

  /** Runs one call of a method under its policies. */
  run<T>(call: Call<T>, policies: MethodPolicies, args: readonly unknown[]): Promise<T> {
    const timed = this.#timed(call, policies);
    const contained = this.#contained(timed, policies);
    const limited = this.#limited(contained, policies, args);
    const guarded = this.#guarded(limited, policies, args);
    return this.#retried(guarded, policies)();
  }

  #retried<T>(call: Call<T>, { retry: options }: MethodPolicies): Call<T> {
    if (options === undefined) return call;
    const isRetryable = (error: unknown): boolean =>
      (!isResilienceError(error) || error.code === 'CALL_TIMED_OUT') && options.isRetryable?.(error) !== false;
    return () =>
      retry(call, { ...options, isRetryable, budget: this.#budget, clock: this.#clock, random: this.#random });
  }

  #guarded<T>(call: Call<T>, { circuitBreaker: options, method }: MethodPolicies, args: readonly unknown[]): Call<T> {
    if (options === undefined) return call;
    const { policy, slowMs = DEFAULT_SLOW_MS, classify } = options;
    return async () => {
      const subject = subjectOf(options, method, args);
      const breaker = this.#breaker(subject, policy);
      const admission = await breaker.acquire();
      if (!admission.allowed) {
        const message = `The circuit breaker ${subject} allows no call: ${admission.reason}.`;
        throw new ResilienceError('BREAKER_OPEN', message, { retryAt: admission.retryAt });
      }
      const startedAtMs = this.#clock.monotonicMs();
      try {
        const value = await call();
        const isSlow = this.#clock.monotonicMs() - startedAtMs > slowMs;
        await breaker.record(admission.permit, isSlow ? 'slow' : 'success');
        return value;
      } catch (error) {
        const isRefusal = isResilienceError(error) && error.code !== 'CALL_TIMED_OUT';
        await breaker.record(admission.permit, isRefusal ? 'ignore' : (classify?.(error) ?? 'failure'));
        throw error;
      }
    };
  }

  #limited<T>(call: Call<T>, { rateLimit: options, method }: MethodPolicies, args: readonly unknown[]): Call<T> {
    if (options === undefined) return call;
    const { ratePerSecond, burst, maxWaitMs = 0 } = options;
    return async () => {
      const subject = subjectOf(options, method, args);
      const latestAt = new Date(this.#clock.nowMs() + maxWaitMs);
      const admission = await this.#state.acquireUnits({ subject, limit: { ratePerSecond, burst }, latestAt });
      if (!admission.granted) {
        const message = `The rate limit ${subject} lets no call pass now.`;
        throw new ResilienceError('RATE_LIMIT_EXCEEDED', message, { retryAt: admission.retryAt });
      }
      const waitMs = admission.useAt.getTime() - this.#clock.nowMs();
      if (waitMs > 0) await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, waitMs));
      return call();
    };
  }

  #contained<T>(call: Call<T>, { bulkhead: options, method }: MethodPolicies): Call<T> {
    if (options === undefined) return call;
    const name = options.name ?? method;
    const bulkhead = this.#bulkheads.get(name) ?? createBulkhead(options);
    this.#bulkheads.set(name, bulkhead);
    return async () => {
      const result = await bulkhead.run(call);
      if (result.accepted) return result.value;
      throw new ResilienceError('BULKHEAD_FULL', `The bulkhead ${name} is full.`);
    };
  }

  #timed<T>(call: Call<T>, { timeout }: MethodPolicies): Call<T> {
    if (timeout === undefined) return call;
    return () => withTimeout(({ signal }) => callSignals.run(signal, call), { ...timeout, clock: this.#clock });
  }

  #breaker(subject: string, policy: BreakerPolicy | undefined): SharedBreaker {
    const known = this.#breakers.get(subject);
    if (known !== undefined) return known;
    const created = createSharedBreaker({ state: this.#state, subject, policy, clock: this.#clock });
    this.#breakers.set(subject, created);
    return created;
  }
}

function subjectOf({ name, key }: Scope, method: string, args: readonly unknown[]): string {
  const base = name ?? method;
  return key === undefined ? base : `${base}:${key(...(args as never[]))}`;
}
