import { systemCallClock, systemRandom } from '../adapters/system-call-clock.js';
import type { CallClock } from '../ports/clock.js';
import type { RetryBudget } from '../retry/retry-budget.js';
import { nextRetry } from '../retry/retry-schedule.js';

/** Delays for calls that somebody waits for: 100 ms, 500 ms and 2 s before the 2nd, 3rd and 4th attempt. */
export const defaultCallScheduleMs: readonly number[] = [100, 500, 2000];

/** One attempt of a call. */
export interface CallAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** The signal of `retry`, to be passed on. */
  readonly signal: AbortSignal | undefined;
}

/** When to try a call again. */
export interface RetryOptions {
  /** Delays before the 2nd, 3rd, … attempt in milliseconds, before jitter. Default: `defaultCallScheduleMs`. */
  readonly scheduleMs?: readonly number[] | undefined;
  /** No attempt begins later than this after the first, in milliseconds. Default: four days. */
  readonly maxAgeMs?: number | undefined;
  /** Whether another attempt may help. Default: always. */
  readonly isRetryable?: ((error: unknown) => boolean) | undefined;
  /** The least delay that the other side asked for, in milliseconds (see `parseRetryAfter`). Default: none. */
  readonly retryAfterMs?: ((error: unknown) => number | undefined) | undefined;
  /** Shared by all calls of the process: no retry is made while it is spent. Default: no budget. */
  readonly budget?: RetryBudget | undefined;
  /** Ends waiting at once: `retry` rejects with the signal's reason. No attempt begins after it. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each wait. */
  readonly onRetry?:
    ((retry: { readonly attempt: number; readonly dueAt: Date; readonly error: unknown }) => void) | undefined;
  /** Default: the clock of this machine. */
  readonly clock?: CallClock | undefined;
  /** Numbers in [0, 1), for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Calls a task until it succeeds. Rejects with the error of the last attempt when it is not retryable, when the schedule
 * is at its end, or while the retry budget is spent.
 */
export async function retry<T>(task: (call: CallAttempt) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { signal, budget, clock = systemCallClock, random = systemRandom } = options;
  const startedAtMs = clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    budget?.record(attempt === 1 ? 'first' : 'retry');
    try {
      return await task({ attempt, signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (options.isRetryable?.(error) === false || budget?.isSpent() === true) throw error;
      const nowMs = clock.nowMs();
      const decision = nextRetry({
        attemptsMade: attempt,
        scheduleMs: options.scheduleMs ?? defaultCallScheduleMs,
        retryAfterMs: options.retryAfterMs?.(error),
        // The age is measured by the clock that cannot be set.
        firstAttemptAt: new Date(nowMs - (clock.monotonicMs() - startedAtMs)),
        now: new Date(nowMs),
        maxAgeMs: options.maxAgeMs,
        random,
      });
      if (decision.kind === 'exhausted') throw error;
      options.onRetry?.({ attempt: attempt + 1, dueAt: decision.dueAt, error });
      await wait(clock, decision.dueAt.getTime() - nowMs, signal);
    }
  }
}

function wait(clock: CallClock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
