import type { RateLimit } from '../limiter/rate-limiter.js';
import { checkNumber } from './check-number.js';

const MAX_SUBJECT_LENGTH = 256;

/** The subject itself when it may name a breaker or a limiter, else a `RangeError`. */
export function checkSubject(subject: string): string {
  if (subject.length > 0 && subject.length <= MAX_SUBJECT_LENGTH) return subject;
  throw new RangeError(
    `subject has ${String(subject.length)} characters: expected from 1 to ${String(MAX_SUBJECT_LENGTH)}`,
  );
}

/** The limit itself when it makes sense, else a `RangeError`. */
export function checkLimit<Limit extends RateLimit>(limit: Limit): Limit {
  checkNumber('ratePerSecond', limit.ratePerSecond, { min: 1e-6, max: 1e6 });
  checkNumber('burst', limit.burst, { min: 1, max: 1e9 });
  return limit;
}

/** The cost itself when it is none or more, else a `RangeError`. */
export function checkCost(cost: number): number {
  return checkNumber('cost', cost, { min: 0 });
}
