const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Delays before the 2nd, 3rd, … 10th attempt, in milliseconds; the first attempt is made at once.
 * The example table of the Standard Webhooks specification: the last attempt comes 75 h 35 min 5 s after the first.
 */
export const defaultRetryScheduleMs: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Four days: above the longest course of the default schedule (1.2 × 75.6 h), so that only hints can reach it. */
export const defaultMaxRetryAgeMs = 96 * HOUR_MS;

/** Spread of an ordinary delay: ± 20 %, which keeps the published schedule honest. */
const SPREAD = { min: 0.8, max: 1.2 } as const;

/**
 * Spread of a short first retry: 5 s becomes 1–10 s. ± 20 % of a few seconds would send half of a herd that failed
 * together back within the same second.
 */
const SHORT_FIRST_SPREAD = { min: 0.2, max: 2 } as const;
const SHORT_FIRST_DELAY_MS = 30 * SECOND_MS;

export interface RetryParams {
  /** Attempts that were made and failed; at least 1. */
  readonly attemptsMade: number;
  /** Delays before the 2nd, 3rd, … attempt, in milliseconds. */
  readonly scheduleMs: readonly number[];
  /** The least delay that the receiver asked for, in milliseconds (see `parseRetryAfter`). */
  readonly retryAfterMs?: number | undefined;
  readonly firstAttemptAt: Date;
  readonly now: Date;
  /** No attempt is made later than this after the first one. Default: four days. */
  readonly maxAgeMs?: number | undefined;
  /** Numbers in [0, 1) for jitter; without it every delay is exactly that of the schedule. */
  readonly random?: (() => number) | undefined;
}

/** What follows a failed attempt. `exhausted`: the schedule is at its end, or the next attempt would come too late. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly dueAt: Date }
  | { readonly kind: 'exhausted'; readonly reason: 'attempts' | 'max_age' };

/**
 * Decides when to try again. Pure: the same input gives the same answer.
 * `dueAt` is `now` plus the greater of the jittered delay and the receiver's hint, hence never in the past, even when
 * the clock went back between attempts.
 */
export function nextRetry(params: RetryParams): RetryDecision {
  const { attemptsMade, scheduleMs, retryAfterMs = 0, firstAttemptAt, now, random } = params;
  const delayMs = scheduleMs[attemptsMade - 1];
  if (delayMs === undefined) return { kind: 'exhausted', reason: 'attempts' };

  const jitteredMs = random === undefined ? delayMs : jitter(delayMs, { isFirst: attemptsMade === 1, random });
  const dueMs = now.getTime() + Math.max(Math.round(jitteredMs), retryAfterMs);
  if (dueMs - firstAttemptAt.getTime() > (params.maxAgeMs ?? defaultMaxRetryAgeMs)) {
    return { kind: 'exhausted', reason: 'max_age' };
  }
  return { kind: 'retry', dueAt: new Date(dueMs) };
}

function jitter(delayMs: number, context: { isFirst: boolean; random: () => number }): number {
  const spread = context.isFirst && delayMs <= SHORT_FIRST_DELAY_MS ? SHORT_FIRST_SPREAD : SPREAD;
  return delayMs * (spread.min + context.random() * (spread.max - spread.min));
}
