import { systemCallClock } from '../adapters/system-call-clock.js';
import { ResilienceError } from '../errors.js';
import { checkNumber } from '../internal/check-number.js';
import type { CallClock } from '../ports/clock.js';

/** How long to wait for a call. */
export interface TimeoutOptions {
  /** Milliseconds from now until the call is given up. */
  readonly timeoutMs: number;
  /** Ends the call earlier: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the clock of this machine. */
  readonly clock?: CallClock | undefined;
}

/**
 * Waits for a task no longer than `timeoutMs`, then rejects with `CALL_TIMED_OUT`. The task gets a signal that aborts at
 * the same moment: what it passes the signal to ends, what ignores it goes on unobserved.
 */
export function withTimeout<T>(
  task: (call: { readonly signal: AbortSignal }) => Promise<T>,
  options: TimeoutOptions,
): Promise<T> {
  const { signal, clock = systemCallClock } = options;
  const timeoutMs = checkNumber('timeoutMs', options.timeoutMs, { min: 0 });
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const controller = new AbortController();
    const end = (reason: unknown): void => {
      settle();
      reject(reason);
      controller.abort(reason);
    };
    const onAbort = (): void => end(signal?.reason);
    const timer = clock.setTimeout(
      () => end(new ResilienceError('CALL_TIMED_OUT', `The call did not end within ${String(timeoutMs)} ms.`)),
      timeoutMs,
    );
    const settle = (): void => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    // A task that throws at once counts as one that rejects.
    void Promise.resolve()
      .then(() => task({ signal: controller.signal }))
      .then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
  });
}
