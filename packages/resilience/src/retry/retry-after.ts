import { parseHttpDate } from './http-date.js';

/** A receiver cannot silence us for longer than a day. */
export const maxRetryAfterMs = 24 * 60 * 60 * 1000;

/** Beyond 15 digits a number of seconds is no longer an exact integer, and nobody means it. */
const SECONDS = /^\d{1,15}(?:\.\d{1,15})?$/;

/**
 * Reads a `Retry-After` header: how long to wait from `now`, in whole seconds given as milliseconds, at most 24 hours.
 * Accepts seconds, a decimal number of them (seen in the wild, rounded up), and an HTTP-date (0 when it is past).
 * Anything else (junk, a sign, an exponent, an absurdly long number) is `undefined`: no hint at all.
 */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;

  const delayMs = SECONDS.test(text) ? Math.ceil(Number(text)) * 1000 : untilHttpDate(text, now);
  return delayMs === undefined ? undefined : Math.min(Math.max(delayMs, 0), maxRetryAfterMs);
}

function untilHttpDate(text: string, now: Date): number | undefined {
  const atMs = parseHttpDate(text, now);
  return atMs === undefined ? undefined : Math.ceil((atMs - now.getTime()) / 1000) * 1000;
}
