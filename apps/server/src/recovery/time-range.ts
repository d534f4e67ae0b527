import { invalidAt } from '../http/api-error.js';

const longestReplayMs = 14 * 24 * 60 * 60 * 1_000;

/** A range of time that a replay looks at, as given. */
export interface GivenRange {
  readonly since: Date;
  readonly until?: Date | null | undefined;
}

/** Refuses ranges that begin more than 14 days ago, that begin in the future, or that end before they begin. */
export function checkReplayRange({ since, until }: GivenRange, now: Date): void {
  if (since > now) throw invalidAt(['body', 'since'], 'Must not lie in the future.');
  if (now.getTime() - since.getTime() > longestReplayMs) {
    throw invalidAt(['body', 'since'], 'Must not lie more than 14 days back.');
  }
  checkOrder({ since, until });
}

/** Refuses ranges that end before they begin. */
export function checkOrder({ since, until }: GivenRange): void {
  if (until != null && until < since) throw invalidAt(['body', 'until'], 'Must not be before `since`.');
}
