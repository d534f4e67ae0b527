import type { Page, PageRequest } from '@postrider/core';

/** So that a filter that matches next to nothing cannot read a whole table in one request. */
const maxScannedPages = 8;
const scanLimit = 250;

/** An item that was read, and what the filter made of it: `undefined` when it was passed over. */
export interface Scanned<Match> {
  readonly key: string;
  readonly match: Match | undefined;
}

/**
 * Fills a page with those items that `match` turns into something, reading on past the others. All that was read is
 * returned, so that the next request goes on behind it; a page may hold few matches, even none, and still have more.
 */
export async function collectMatching<Item, Match>(params: {
  readonly page: PageRequest;
  readonly read: (page: PageRequest) => Promise<Page<Item>>;
  readonly keyOf: (item: Item) => string;
  readonly match: (items: readonly Item[]) => Promise<readonly (Match | undefined)[]>;
}): Promise<Page<Scanned<Match>>> {
  const { page, read, keyOf, match } = params;
  const backward = page.cursor?.direction === 'backward';
  // Backward windows come in the list's order, but are gone through from their end.
  const turn = <T>(items: readonly T[]): readonly T[] => (backward ? items.toReversed() : items);
  const scanned: Scanned<Match>[] = [];
  let { cursor } = page;
  let missing = page.limit;
  let hasMore = true;
  for (let windows = 0; windows < maxScannedPages && hasMore && missing > 0; windows += 1) {
    const window = await read({ ...page, cursor, limit: windows === 0 ? page.limit : scanLimit });
    const matches = await match(window.items);
    const seen = turn(window.items.map((item, index) => ({ key: keyOf(item), match: matches[index] })));
    const used = seen.slice(0, indexBehind(seen, missing));
    scanned.push(...used);
    missing -= used.filter((each) => each.match !== undefined).length;
    hasMore = window.hasMore || used.length < seen.length;
    const last = used.at(-1);
    if (last !== undefined) cursor = { key: last.key, direction: backward ? 'backward' : 'forward' };
  }
  return { items: turn(scanned), hasMore };
}

/** How many of the items to take so that `wanted` of them match; all when fewer do. */
function indexBehind(seen: readonly Scanned<unknown>[], wanted: number): number {
  let found = 0;
  const index = seen.findIndex(({ match }) => {
    if (match !== undefined) found += 1;
    return found === wanted;
  });
  return index === -1 ? seen.length : index + 1;
}
