import { nextRetry } from '@postrider/resilience';

/** When an attempt would be made if all before it failed at once. */
export interface PlannedAttempt {
  /** 1 for the first attempt. */
  readonly number: number;
  readonly at: Date;
  /** Seconds after the attempt before it; of the first one, after now. */
  readonly delaySeconds: number;
}

/**
 * The course of a delivery whose every attempt fails: what the retry schedule says, without the jitter that real
 * deliveries get (±20 %, a short first delay 1/5 to twice). What the receiver asks for (`retry-after`) comes on top.
 */
export function planAttempts(params: {
  readonly firstAt: Date;
  readonly now: Date;
  /** Delays before the 2nd, 3rd, … attempt. */
  readonly scheduleMs: readonly number[];
}): PlannedAttempt[] {
  const { firstAt, now, scheduleMs } = params;
  const planned: PlannedAttempt[] = [];
  let at = firstAt;
  let before = now;
  for (let attemptsMade = 1; ; attemptsMade += 1) {
    planned.push({ number: attemptsMade, at, delaySeconds: (at.getTime() - before.getTime()) / 1_000 });
    const decision = nextRetry({ attemptsMade, scheduleMs, firstAttemptAt: firstAt, now: at });
    if (decision.kind === 'exhausted') return planned;
    before = at;
    at = decision.dueAt;
  }
}
