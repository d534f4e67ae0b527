import { cacheError } from './errors.js';

/** A duration: whole milliseconds as a number, or a whole number with its unit as a text, such as `'5m'`. */
export type Ttl = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longestTtlMs = 365 * unitMs.d;

/**
 * The milliseconds of a TTL, from 1 to 365 days. Throws `CACHE_OPTIONS_INVALID` for anything else, also for a number in
 * a text: without a unit nobody knows whether it means seconds. `name` is the option that the message names.
 */
export function parseTtlMs(ttl: Ttl, name = 'ttl'): number {
  const ttlMs = typeof ttl === 'number' ? ttl : parseText(ttl);
  if (Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= longestTtlMs) return ttlMs;
  const found = typeof ttl === 'string' ? `"${ttl}"` : String(ttl);
  throw cacheError(
    'CACHE_OPTIONS_INVALID',
    `${name} is ${found}; expected whole milliseconds as a number, or a text like "500ms", "30s", "5m", "2h" or "7d", ` +
      'from 1 ms to 365 days.',
  );
}

function parseText(text: string): number {
  const match = /^(\d{1,11})(ms|s|m|h|d)$/.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
