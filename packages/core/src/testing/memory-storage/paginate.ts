import type { Page, PageRequest } from '../../domain/page.js';
import { copyPlain } from '../copy-plain.js';

/** Sorts by key, in code unit order, and cuts the requested window out; the items are copies. */
export function paginate<T>(params: { items: Iterable<T>; keyOf: (item: T) => string; page: PageRequest }): Page<T> {
  const { keyOf, page } = params;
  const sign = page.order === 'ascending' ? 1 : -1;
  const sorted = [...params.items].sort((a, b) => sign * compareText(keyOf(a), keyOf(b)));
  const cursor = page.cursor;
  if (cursor === undefined) return firstOf(sorted, page.limit);
  const isBefore = (item: T) => sign * compareText(keyOf(item), cursor.key) < 0;
  const isAfter = (item: T) => sign * compareText(keyOf(item), cursor.key) > 0;
  if (cursor.direction === 'forward') return firstOf(sorted.filter(isAfter), page.limit);
  const earlier = sorted.filter(isBefore);
  const start = Math.max(0, earlier.length - page.limit);
  return { items: earlier.slice(start).map(copyPlain), hasMore: start > 0 };
}

function firstOf<T>(sorted: readonly T[], limit: number): Page<T> {
  return { items: sorted.slice(0, limit).map(copyPlain), hasMore: sorted.length > limit };
}

/** The order of ids and names everywhere: by code unit, as `C` and `BINARY` collations have it. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
