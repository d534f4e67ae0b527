import { coreError } from '@postrider/core';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Hours are kept apart for so many days; reports that reach back further are about whole days (UTC) there. */
export const hoursKeptDays = 8;
/** The longest range of one question, in days. */
export const maxRangeDays = 366;

/** A `VALIDATION_FAILED` that names the parameter as `details.field`. */
export function refuse(field: string, message: string): Error {
  return coreError('VALIDATION_FAILED', message, { details: { field } });
}

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The whole buckets that the range touches: hours, or days (UTC) for an end that is older than `hoursKeptDays`. So the
 * answer depends on the question and not on what was compacted. Throws `VALIDATION_FAILED`.
 */
export function toPeriod({ from, to }: Period, now: Date): Period {
  for (const [field, at] of Object.entries({ from, to })) {
    if (!Number.isFinite(at.getTime())) throw refuse(field, `${field}: expected an instant, found an invalid date.`);
  }
  if (from > to) {
    throw refuse('from', `from: expected at most "to" (${to.toISOString()}), found ${from.toISOString()}.`);
  }
  if (to.getTime() - from.getTime() > maxRangeDays * dayMs) {
    throw refuse('from', `from: expected at most ${maxRangeDays} days before "to"; ask for a shorter range.`);
  }
  const bucketMs = (at: Date): number => (at.getTime() < now.getTime() - hoursKeptDays * dayMs ? dayMs : hourMs);
  const [fromMs, toMs] = [bucketMs(from), bucketMs(to)];
  return {
    from: new Date(Math.floor(from.getTime() / fromMs) * fromMs),
    to: new Date(Math.ceil(to.getTime() / toMs) * toMs),
  };
}
