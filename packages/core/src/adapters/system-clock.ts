import type { Clock, Timer } from '../ports/clock.js';

// Node fires a timer with a longer delay after 1 ms instead.
const longestTimerMs = 2 ** 31 - 1;

function setSystemTimeout(callback: () => void, delayMs: number): Timer {
  let referenced = true;
  let remainingMs = Math.max(0, delayMs);
  let handle: NodeJS.Timeout;
  const arm = () => {
    const partMs = Math.min(remainingMs, longestTimerMs);
    remainingMs -= partMs;
    handle = setTimeout(remainingMs > 0 ? arm : callback, partMs);
    if (!referenced) handle.unref();
  };
  arm();
  return {
    cancel: () => clearTimeout(handle),
    unref: () => {
      referenced = false;
      handle.unref();
    },
  };
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: setSystemTimeout,
  sleep: ({ delayMs, signal }) => sleepOn(systemClock, { delayMs, signal }),
};

/** `Clock.sleep` in terms of `Clock.setTimeout`, for adapters. */
export function sleepOn(
  clock: Pick<Clock, 'setTimeout'>,
  { delayMs, signal }: { readonly delayMs: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
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
