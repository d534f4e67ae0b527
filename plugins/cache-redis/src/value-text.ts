import { cacheError } from '@postrider/cache';
import type { NearValue } from './near-tier.js';

/** The value as JSON. Throws `CACHE_VALUE_INVALID` for what is no JSON data. */
export function toText(value: unknown): string {
  const text = tryStringify(value);
  if (text !== undefined) return text;
  throw cacheError(
    'CACHE_VALUE_INVALID',
    value === undefined
      ? 'The value is undefined, which means absence; store null, delete the key, or use getOrSet with negativeTtl.'
      : `The value is a ${typeof value} that JSON cannot hold; expected plain data.`,
  );
}

/** What was stored; without a value for a known absence. `undefined` for a text that nobody here has written. */
export function fromText(text: string | undefined): NearValue | undefined {
  if (text === undefined) return {};
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function tryStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
