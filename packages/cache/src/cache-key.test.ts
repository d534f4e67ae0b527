import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheKey } from './cache-key.js';

class Money {
  readonly amount = 1;
}

const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string(),
    fc.constantFrom('true', 'null', 'undefined', 'NaN', '1', '1n', 'a:b', '{}', 'Set()'),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array({ maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 2 }).map((entries) => new Map(entries)),
    fc.array(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
  ),
})).value;

/** The same data with the members of every object, Map and Set in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value instanceof Map) return new Map([...value].reverse().map(([key, item]) => [key, reversed(item)]));
  if (value instanceof Set) return new Set([...value].reverse());
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  );
}

/** Data without the one difference that keys ignore: -0. */
function withoutNegativeZero(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutNegativeZero(item)]));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Set || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutNegativeZero(item)]));
}

function isSame(left: unknown, right: unknown): boolean {
  try {
    expect(withoutNegativeZero(left)).toStrictEqual(withoutNegativeZero(right));
    return true;
  } catch {
    return false;
  }
}

describe('cacheKey', () => {
  it.each<[args: readonly unknown[], key: string]>([
    [[], ''],
    [['report', 'app_1', { days: 7 }], 'report:app_1:{days:7}'],
    [['a b', 'a:b', '1', 'true', ''], '"a b":"a:b":"1":"true":""'],
    [[1, -1.5, -0, Number.NaN, 10n, true, null, undefined], '1:-1.5:0:NaN:10n:true:null:undefined'],
    [[{ b: 1, a: [1, undefined], 'c d': {} }], '{a:[1,undefined],b:1,"c d":{}}'],
    [[new Date(5), new Date(Number.NaN)], 'Date(5):Date(NaN)'],
    [[new URL('https://example.com/a')], 'URL("https://example.com/a")'],
    [[new Uint8Array([1, 255])], 'bytes(01ff)'],
    [[new Map([['b', 1], ['a', 2]])], 'Map(a=>2,b=>1)'], // prettier-ignore
    [[new Set(['b', 'a'])], 'Set(a,b)'],
  ])('of %o is %s', (args, key) => {
    expect(cacheKey(...args)).toBe(key);
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(cacheKey(reversed(value))).toBe(cacheKey(value));
      }),
    );
  });

  it('is the same for an absent member and an undefined one', () => {
    expect(cacheKey({ a: 1, b: undefined })).toBe(cacheKey({ a: 1 }));
  });

  it('differs when the arguments do', () => {
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 3 }), fc.array(plain, { maxLength: 3 }), (left, right) => {
        fc.pre(!isSame(left, right));
        expect(cacheKey(...left)).not.toBe(cacheKey(...right));
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells apart what looks alike', () => {
    const alike = [
      ['a', 'b'],
      ['a:b'],
      [['a', 'b']],
      ['a,b'],
      ['[a,b]'],
      [1],
      ['1'],
      [1n],
      ['1n'],
      [null],
      ['null'],
      [undefined],
      [],
      [[]],
      [[undefined]],
      [{}],
      [new Map()],
      [new Set()],
      [new Date(1)],
      ['Date(1)'],
      [{ 'a:1,b': 2 }],
      [{ a: 1, b: 2 }],
      [new Map([['a', 1]])],
      [{ a: 1 }],
      ['{a:1}'],
    ].map((args) => cacheKey(...args));
    // No argument at all is the only one that looks like nothing.
    expect(new Set(alike).size).toBe(alike.length);
  });

  it.each<[what: string, value: unknown, message: string]>([
    ['a function', { list: [() => 1] }, 'argument 2.list[0] is a function'],
    ['a symbol', Symbol('x'), 'argument 2 is a symbol'],
    ['a class instance', { price: new Money() }, 'argument 2.price is an instance of Money'],
    ['a promise', Promise.resolve(), 'argument 2 is an instance of Promise'],
    ['symbols as names', { [Symbol('x')]: 1 }, 'argument 2 has symbols as names'],
  ])('refuses %s, saying where', (_, value, message) => {
    expect(() => cacheKey('key', value)).toThrow(message);
  });

  it('refuses cycles, but not one object in two places', () => {
    const cycle: { a: { up?: unknown } } = { a: {} };
    cycle.a.up = cycle;
    expect(() => cacheKey(cycle)).toThrow('argument 1.a.up refers back to what contains it (a cycle)');
    const looped: Map<string, unknown> = new Map();
    looped.set('self', looped);
    expect(() => cacheKey(looped)).toThrow('(a cycle)');
    const shared = { id: 1 };
    expect(cacheKey([shared, shared])).toBe('[{id:1},{id:1}]');
  });

  it('refuses nesting without end before the stack ends', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(() => cacheKey(deep)).toThrow(expect.objectContaining({ code: 'CACHE_KEY_UNSUPPORTED' }));
  });
});
