import type { CallClock } from '../ports/clock.js';

// Node fires a timer with a longer delay after 1 ms instead.
const longestTimerMs = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemCallClock: CallClock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: (callback, delayMs) => {
    let remainingMs = Math.max(0, delayMs);
    let handle: NodeJS.Timeout;
    const arm = (): void => {
      const partMs = Math.min(remainingMs, longestTimerMs);
      remainingMs -= partMs;
      handle = setTimeout(remainingMs > 0 ? arm : callback, partMs);
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Numbers in [0, 1) for jitter; nothing secret depends on them. */
export const systemRandom = (): number => Math.random();
