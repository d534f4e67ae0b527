import { lowestIdAt, type IdPrefix } from '@postrider/core';

/**
 * How far the time in a record's id may lie from the time in its column: the length of an attempt (its id is made when
 * it ends), bursts that run ahead of the clock, and clocks that are set meanwhile.
 */
const slackMs = 10 * 60_000;

/**
 * Bounds on ids that follow from bounds on time, so that a list by id begins near its first row instead of reading up
 * to it. Only a hint: the exact condition on the time column is needed beside it.
 */
export function lowestIdAfter(prefix: IdPrefix, after: Date | undefined): string | undefined {
  return after && lowestIdAt({ prefix, at: new Date(after.getTime() - slackMs) });
}

/** See `lowestIdAfter`. */
export function highestIdBefore(prefix: IdPrefix, before: Date | undefined): string | undefined {
  return before && lowestIdAt({ prefix, at: new Date(before.getTime() + slackMs) });
}
