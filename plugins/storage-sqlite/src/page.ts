import type { Page, PageRequest } from '@postrider/core';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** How a page is read: which way through the key's index, from where, and whether the rows then have to be turned. */
export interface PageScan {
  readonly comparison: '<' | '>' | undefined;
  readonly key: string | undefined;
  readonly direction: 'ASC' | 'DESC';
  readonly isReversed: boolean;
  /** One more than asked for tells whether there is more. */
  readonly limit: number;
}

/** Going backward from a cursor reads the list in the opposite order. */
export function toPageScan(page: PageRequest): PageScan {
  const isReversed = page.cursor?.direction === 'backward';
  const isAscending = (page.order === 'ascending') !== isReversed;
  return {
    comparison: page.cursor === undefined ? undefined : isAscending ? '>' : '<',
    key: page.cursor?.key,
    direction: isAscending ? 'ASC' : 'DESC',
    isReversed,
    limit: page.limit + 1,
  };
}

/** The rows of a scan as the page that was asked for. */
export function toPage<T>(page: PageRequest, rows: readonly T[]): Page<T> {
  const items = rows.slice(0, page.limit);
  if (page.cursor?.direction === 'backward') items.reverse();
  return { items, hasMore: rows.length > page.limit };
}

/** Reads a page of entities by the property `key` of the builder's main alias. */
export async function readEntityPage<T extends ObjectLiteral>(params: {
  query: SelectQueryBuilder<T>;
  key: string;
  page: PageRequest;
}): Promise<Page<T>> {
  const { query, page } = params;
  const scan = toPageScan(page);
  const column = `${query.alias}.${params.key}`;
  if (scan.comparison !== undefined) query.andWhere(`${column} ${scan.comparison} :pageKey`, { pageKey: scan.key });
  return toPage(page, await query.orderBy(column, scan.direction).limit(scan.limit).getMany());
}
