import assert from 'node:assert/strict';
import type { SortOrder } from '../../../domain/page.js';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.js';
import { createTenant, newMessage, type Tenant } from '../fixtures.js';
import { at, baseAt } from '../instants.js';
import { pagedLists, type PagedList, type Window } from '../paged-lists.js';
import type { StorageWorld } from '../storage-world.js';

const orders: readonly SortOrder[] = ['ascending', 'descending'];

/** Eight rows whose keys differ in the instant, or in the case of the last letter alone. */
async function storeRows(list: PagedList, world: StorageWorld) {
  const tenant = await createTenant(world);
  const keys = [10, 20, 30, 40].flatMap((seconds) => list.keysAt(world, at(seconds)));
  const shuffled = [5, 2, 7, 0, 3, 6, 1, 4].map((index) => keys[index] as string);
  await list.seed(tenant, shuffled);
  const read = (page: Parameters<PagedList['list']>[1]) => list.list(tenant, page);
  return { tenant, keys, read };
}

const inOrder = (keys: readonly string[], order: SortOrder) =>
  order === 'ascending' ? [...keys] : [...keys].reverse();

/** Follows the pages of one size from an end of the list (or from a cursor before it) until there is no more. */
async function walk(params: {
  read: (page: Parameters<PagedList['list']>[1]) => Promise<Window>;
  order: SortOrder;
  limit: number;
  direction: 'forward' | 'backward';
  from?: string;
}): Promise<string[]> {
  const { read, order, limit, direction } = params;
  const walked: string[] = [];
  let key = params.from;
  for (let guard = 0; guard < 100; guard += 1) {
    const page = await read({ limit, order, ...(key === undefined ? {} : { cursor: { key, direction } }) });
    if (page.hasMore) assert.equal(page.keys.length, limit, 'a page before others is full');
    if (direction === 'forward') walked.push(...page.keys);
    else walked.unshift(...page.keys);
    if (!page.hasMore) return walked;
    key = direction === 'forward' ? page.keys.at(-1) : page.keys[0];
  }
  throw new Error('The pages never end: `hasMore` stays true.');
}

function casesOf(list: PagedList): ConformanceCase[] {
  return [
    {
      name: `${list.name} are ordered by key, by code unit, both ways; the last page has no more`,
      run: async (world) => {
        const { keys, read } = await storeRows(list, world);
        for (const order of orders) {
          for (const limit of [keys.length, 250]) {
            assert.deepEqual(await read({ limit, order }), { keys: inOrder(keys, order), hasMore: false });
          }
          const part = inOrder(keys, order).slice(0, keys.length - 1);
          assert.deepEqual(await read({ limit: part.length, order }), { keys: part, hasMore: true });
        }
      },
    },
    {
      name: `${list.name}: walking pages of any size, in any direction and order, yields exactly the full list`,
      run: async (world) => {
        const { keys, read } = await storeRows(list, world);
        for (const order of orders) {
          const expected = inOrder(keys, order);
          const last = expected.at(-1) as string;
          for (let limit = 1; limit <= keys.length + 1; limit += 1) {
            assert.deepEqual(await walk({ read, order, limit, direction: 'forward' }), expected);
            const before = await walk({ read, order, limit, direction: 'backward', from: last });
            assert.deepEqual([...before, last], expected);
          }
        }
      },
    },
    {
      name: `${list.name}: a cursor need not exist any more, and may stand beyond either end`,
      run: async (world) => {
        const { keys, read } = await storeRows(list, world);
        for (const order of orders) {
          const expected = inOrder(keys, order);
          for (const [index, key] of keys.entries()) {
            const gap = `${key}!`;
            const split = order === 'ascending' ? index + 1 : keys.length - index - 1;
            const page = (direction: 'forward' | 'backward') =>
              read({ limit: 250, order, cursor: { key: gap, direction } });
            assert.deepEqual(await page('forward'), { keys: expected.slice(split), hasMore: false });
            assert.deepEqual(await page('backward'), { keys: expected.slice(0, split), hasMore: false });
          }
          for (const [key, isFirst] of [
            ['!', order === 'ascending'],
            ['~', order === 'descending'],
          ] as const) {
            const forward = await read({ limit: 3, order, cursor: { key, direction: 'forward' } });
            assert.deepEqual(forward, isFirst ? { keys: expected.slice(0, 3), hasMore: true } : nothing);
            const backward = await read({ limit: 3, order, cursor: { key, direction: 'backward' } });
            assert.deepEqual(backward, isFirst ? nothing : { keys: expected.slice(-3), hasMore: true });
          }
        }
      },
    },
    {
      name: `${list.name}: before the first and after the last there is nothing`,
      run: async (world) => {
        const { keys, read } = await storeRows(list, world);
        for (const order of orders) {
          const expected = inOrder(keys, order);
          const [first, last] = [expected[0] as string, expected.at(-1) as string];
          assert.deepEqual(await read({ limit: 3, order, cursor: { key: first, direction: 'backward' } }), nothing);
          assert.deepEqual(await read({ limit: 3, order, cursor: { key: last, direction: 'forward' } }), nothing);
        }
      },
    },
    {
      name: `${list.name}: an empty list is an empty page`,
      run: async (world) => {
        const tenant = await createTenant(world);
        for (const order of orders) {
          assert.deepEqual(await list.list(tenant, { limit: 3, order }), list.whenEmpty(tenant));
        }
      },
    },
  ];
}

const nothing: Window = { keys: [], hasMore: false };

async function appendMany(tenant: Tenant, count: number): Promise<string[]> {
  const messages = Array.from({ length: count }, () => newMessage(tenant));
  const entries = messages.map((message) => ({ message, deliveries: [] }));
  await tenant.world.storage.appendMessages({ entries, now: baseAt });
  return messages.map(({ id }) => id);
}

/** Paging: the rules that hold for every list of the port. */
export const pagingGroup: ConformanceGroup = {
  name: 'paging',
  storage: 'shared',
  cases: [
    ...pagedLists.flatMap(casesOf),
    {
      name: 'a page holds up to 250 items',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const ids = await appendMany(tenant, 251);
        const page = { limit: 250, order: 'ascending' } as const;
        const where = { environmentId, applicationId, filter: {}, withPayload: false };
        const { items, hasMore } = await world.storage.listMessages({ ...where, page });
        assert.deepEqual(
          items.map(({ id }) => id),
          ids.slice(0, 250),
        );
        assert.equal(hasMore, true);
      },
    },
  ],
};
