import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPayload } from './match-payload.js';
import { validatePayloadFilter } from './validate-payload-filter.js';

const payload = {
  type: 'order.paid',
  data: {
    amount: 129.5,
    currency: 'EUR',
    customer: { vip: true, name: 'Žofie', note: null },
    tags: ['new', 'web'],
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 7 },
    ],
    empty: [],
    $weird: 1,
  },
};

describe('a payload filter', () => {
  it.each([
    [{ type: 'order.paid' }, true],
    [{ type: 'order' }, false],
    [{ data: { amount: 129.5, currency: 'EUR' } }, true],
    [{ data: { amount: '129.5' } }, false],
    [{ data: { currency: ['USD', 'EUR'] } }, true],
    [{ data: { currency: ['USD'] } }, false],
    [{ data: { customer: { vip: true, note: null } } }, true],
    [{ data: { customer: { gone: null } } }, false],
    [{ data: { amount: { $gt: 129, $lte: 129.5 } } }, true],
    [{ data: { amount: { $gte: 130 } } }, false],
    [{ data: { amount: { $lt: '2' } } }, false],
    [{ data: { currency: { $gt: 'EUQ', $lt: 'EUS' } } }, true],
    [{ data: { currency: { $in: ['EUR'], $nin: ['USD', 'CHF'] } } }, true],
    [{ data: { currency: { $ne: 'EUR' } } }, false],
    [{ data: { gone: { $ne: 'EUR' } } }, true],
    [{ data: { customer: { name: { $startsWith: 'Žo', $endsWith: 'fie', $contains: 'of' } } } }, true],
    [{ data: { customer: { name: { $startsWith: 'žo' } } } }, false],
    [{ data: { amount: { $contains: '9' } } }, false],
    [{ data: { gone: { $exists: false }, amount: { $exists: true } } }, true],
    [{ data: { customer: { note: { $exists: true } } } }, true],
    [{ data: { constructor: { $exists: true } } }, false],
    [{ data: { gone: { below: { $exists: false } } } }, true],
    [{ data: { gone: { below: 1 } } }, false],
    [{ type: { below: 1 } }, false],
    [{ data: { tags: 'web' } }, true],
    [{ data: { tags: { $in: ['shop'] } } }, false],
    [{ data: { tags: { $ne: 'web' } } }, false],
    [{ data: { tags: { $nin: ['shop'] } } }, true],
    [{ data: { empty: { $exists: true } } }, true],
    [{ data: { empty: 'x' } }, false],
    [{ data: { lines: { sku: 'b', count: { $gt: 5 } } } }, true],
    [{ data: { lines: { count: { $gt: 9 } } } }, false],
    [{ data: { lines: { sku: 'a', count: { $gt: 5 } } } }, false],
    [{ data: { lines: { sku: 'b', $not: { count: 1 } } } }, true],
    [{ data: { lines: { $not: { sku: 'b' } } } }, false],
    [{ $or: [{ type: 'x' }, { data: { currency: 'EUR' } }] }, true],
    [{ $or: [{ type: 'x' }, { type: 'y' }] }, false],
    [{ $and: [{ type: 'order.paid' }, { data: { amount: { $gt: 1 } } }], $not: { data: { currency: 'USD' } } }, true],
    [{ data: { $not: { tags: 'web' } } }, false],
    [{ data: { amount: { $not: { $gt: 200 } } } }, true],
    [{ data: { currency: { $or: [{ $eq: 'EUR' }, { $startsWith: 'U' }] } } }, true],
  ])('%j → %s', (filter, expected) => {
    expect(validatePayloadFilter(filter)).toEqual({ ok: true, value: filter });
    expect(matchesPayload(filter, payload)).toBe(expected);
  });

  const deep = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);

  it.each([
    [[], 'filter;'],
    [null, 'filter;'],
    ['x', 'filter;'],
    [{}, 'filter is empty'],
    [{ data: {} }, 'filter.data is empty'],
    [{ a: { $regex: '(a+)+' } }, 'filter.a.$regex'],
    [{ $where: 'x' }, 'filter.$where'],
    [{ a: { $in: [] } }, 'filter.a.$in'],
    [{ a: [] }, 'filter.a'],
    [{ a: [{}] }, 'filter.a.0'],
    [{ a: { $in: 'x' } }, 'filter.a.$in'],
    [{ a: { $gt: true } }, 'filter.a.$gt'],
    [{ a: { $gt: null } }, 'filter.a.$gt'],
    [{ a: { $contains: 1 } }, 'filter.a.$contains'],
    [{ a: { $eq: {} } }, 'filter.a.$eq'],
    [{ a: { $exists: 'yes' } }, 'filter.a.$exists'],
    [{ $or: [] }, 'filter.$or'],
    [{ $and: [1] }, 'filter.$and.0'],
    [{ $not: [] }, 'filter.$not'],
    [{ a: 'x'.repeat(513) }, 'filter.a'],
    [{ a: 'x\0' }, 'filter.a'],
    [{ ['k'.repeat(513)]: 1 }, 'The name'],
    [{ a: Array.from({ length: 51 }, (_, n) => n) }, 'filter.a'],
    [{ a: Array.from({ length: 50 }, (_, n) => n), b: Array.from({ length: 50 }, (_, n) => n) }, 'more than 100'],
    [deep(14), 'deeper than 12'],
  ])('%j is refused, naming the place', (filter, place) => {
    expect(validatePayloadFilter(filter)).toMatchObject({
      ok: false,
      code: 'validation',
      message: expect.stringContaining(place) as string,
    });
  });

  it('is judged for any payload and any input without throwing, and a filter and its $not never agree', () => {
    const name = fc.constantFrom('a', 'b', '$eq', '$in', '$or', '$not', '$gt', '$exists', '__proto__');
    const { tree: input } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, 'x', null, true),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.dictionary(name, tie('tree'), { minKeys: 1, maxKeys: 3 }),
      ),
    }));
    let judged = 0;
    fc.assert(
      fc.property(input, input, (filter, value) => {
        const verdict = validatePayloadFilter(filter);
        if (!verdict.ok) return;
        judged += 1;
        expect(matchesPayload({ $not: verdict.value }, value)).toBe(!matchesPayload(verdict.value, value));
      }),
      { numRuns: 3_000 },
    );
    expect(judged).toBeGreaterThan(10);
  });

  it('takes bounded time, and lets pass what it cannot judge in it', () => {
    const lists = Array.from({ length: 500 }, () => ({ a: Array.from({ length: 500 }, () => ({ b: 1 })) }));
    const conditions = Array.from({ length: 40 }, () => ({ a: { b: 2 } }));
    expect(matchesPayload({ x: { $or: conditions } }, { x: lists })).toBe(true);
    expect(matchesPayload({ x: { a: { b: 2 } } }, { x: lists.slice(0, 10) })).toBe(false);
  });
});
