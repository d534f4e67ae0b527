import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page, PageRequest } from '@postrider/core';
import { collectMatching } from './collect-matching.js';

/** A list of the numbers below `size`, newest first, as a store pages through it. */
function readFrom(size: number) {
  const all = Array.from({ length: size }, (_, index) => String(size - 1 - index).padStart(5, '0'));
  return (page: PageRequest): Promise<Page<string>> => {
    const { cursor, limit } = page;
    const at = cursor === undefined ? -1 : all.indexOf(cursor.key);
    const side = cursor?.direction === 'backward' ? all.slice(0, at) : all.slice(at + 1);
    const items = cursor?.direction === 'backward' ? side.slice(-limit) : side.slice(0, limit);
    return Promise.resolve({ items, hasMore: side.length > limit });
  };
}

async function collectAll(params: {
  size: number;
  limit: number;
  wanted: (item: string) => boolean;
  direction: 'forward' | 'backward';
}) {
  const { size, limit, wanted, direction } = params;
  const found: string[] = [];
  let cursor: PageRequest['cursor'] = direction === 'backward' ? { key: '00000', direction } : undefined;
  for (let hasMore = true; hasMore;) {
    const page: Page<{ key: string; match: string | undefined }> = await collectMatching({
      page: { limit, order: 'descending', cursor },
      read: readFrom(size),
      keyOf: (item) => item,
      match: (items) => Promise.resolve(items.map((item) => (wanted(item) ? item : undefined))),
    });
    const matches = page.items.map(({ match }) => match).filter((match) => match !== undefined);
    expect(matches.length).toBeLessThanOrEqual(limit);
    if (direction === 'forward') found.push(...matches);
    else found.unshift(...matches);
    ({ hasMore } = page);
    const edge = direction === 'forward' ? page.items.at(-1) : page.items[0];
    if (edge === undefined) return { found, hasMore };
    cursor = { key: edge.key, direction };
  }
  return { found, hasMore: false };
}

describe('collectMatching', () => {
  it('finds every match once and in order, page by page in both directions', async () => {
    const shape = fc.record({
      size: fc.integer({ min: 1, max: 400 }),
      limit: fc.integer({ min: 1, max: 250 }),
      every: fc.integer({ min: 1, max: 300 }),
      direction: fc.constantFrom('forward' as const, 'backward' as const),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ size, limit, every, direction }) => {
        const wanted = (item: string) => Number(item) % every === 0;
        const all = (await readFrom(size)({ limit: size, order: 'descending' })).items.filter(wanted);
        // Backward starts at the oldest item, which is not behind itself.
        const expected = direction === 'forward' ? all : all.filter((item) => item !== '00000');
        expect(await collectAll({ size, limit, wanted, direction })).toEqual({ found: expected, hasMore: false });
      }),
      { numRuns: 60 },
    );
  });

  it('gives up on a page after a bounded number of reads, and goes on from there', async () => {
    let reads = 0;
    const page = await collectMatching({
      page: { limit: 50, order: 'descending' },
      read: (request) => {
        reads += 1;
        return readFrom(10_000)(request);
      },
      keyOf: (item) => item,
      match: (items) => Promise.resolve(items.map(() => undefined)),
    });
    expect(reads).toBe(8);
    expect(page).toMatchObject({ hasMore: true });
    expect(page.items).toHaveLength(50 + 7 * 250);
  });
});
