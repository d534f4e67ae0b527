import type { Page, PageRequest } from '@postrider/core';
import { LessThan, MoreThan, type FindOperator } from 'typeorm';

/** How to read a window from the table: past which key, in which direction. */
interface Window {
  readonly comparison: '>' | '<' | undefined;
  readonly direction: 'ASC' | 'DESC';
  readonly isReversed: boolean;
}

/** A backward window is read away from the cursor, in the opposite order, and turned round. */
export function windowOf(page: PageRequest): Window {
  const isReversed = page.cursor?.direction === 'backward';
  const direction = (page.order === 'ascending') === isReversed ? 'DESC' : 'ASC';
  const comparison = direction === 'ASC' ? '>' : '<';
  return { comparison: page.cursor && comparison, direction, isReversed };
}

/** The condition on the key column, for TypeORM; none without a cursor. */
export function keyCondition(page: PageRequest): FindOperator<string> | undefined {
  if (page.cursor === undefined) return undefined;
  return windowOf(page).comparison === '>' ? MoreThan(page.cursor.key) : LessThan(page.cursor.key);
}

/** One row more than the page has is read: it tells whether there is more. */
export function readLimit(page: PageRequest): number {
  return page.limit + 1;
}

/** The page of the rows that were read in the window's direction. */
export function toPage<Row, T>(params: { rows: readonly Row[]; page: PageRequest; toItem: (row: Row) => T }): Page<T> {
  const { rows, page, toItem } = params;
  const items = rows.slice(0, page.limit).map((row) => toItem(row));
  if (windowOf(page).isReversed) items.reverse();
  return { items, hasMore: rows.length > page.limit };
}
