import type { Clock } from '@postrider/core';

/** The monotonic clock as lru-cache wants it: it takes an entry made at 0 for one without an age. */
export function toCacheClock(clock: Clock): { now(): number } {
  return { now: () => clock.monotonicMs() + 1 };
}
