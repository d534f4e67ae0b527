import { parseTtlMs, type CacheLoadOptions } from '@postrider/cache';
import type { Landing } from './entry-store.js';
import { toText } from './value-text.js';

/** How long what a load brings is kept. */
export interface LoadTimes {
  readonly ttlMs: number;
  /** After that, for how long it may still be served while it is loaded anew. */
  readonly staleMs: number;
  /** How long it is known that there is nothing; `undefined`: not at all. */
  readonly negativeMs: number | undefined;
}

/** Throws when a time is none. */
export function parseLoadTimes(
  { ttl, staleTtl, negativeTtl }: CacheLoadOptions<unknown>,
  defaultTtlMs: number,
): LoadTimes {
  return {
    ttlMs: ttl === undefined ? defaultTtlMs : parseTtlMs(ttl),
    staleMs: staleTtl === undefined ? 0 : parseTtlMs(staleTtl, 'staleTtl'),
    negativeMs: negativeTtl === undefined ? undefined : parseTtlMs(negativeTtl, 'negativeTtl'),
  };
}

/** What is to be stored of a loaded value; `undefined` is that there is none. */
export function toLanding(value: unknown, { ttlMs, staleMs, negativeMs }: LoadTimes): Landing {
  if (value !== undefined) return { kind: 'value', text: toText(value), ttlMs, totalMs: ttlMs + staleMs };
  if (negativeMs !== undefined) return { kind: 'absent', text: '', ttlMs: negativeMs, totalMs: negativeMs };
  return { kind: 'none', text: '', ttlMs: 0, totalMs: 0 };
}
