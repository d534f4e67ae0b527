import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePayloadSchema, type PayloadFault } from './compile-payload-schema.js';

function check(schema: unknown, payload: unknown): PayloadFault | undefined {
  const compiled = compilePayloadSchema(schema);
  if (!compiled.ok) throw new Error(`Refused at ${compiled.fault.path.join('/')}: ${compiled.fault.message}`);
  return compiled.check(typeof payload === 'string' ? payload : JSON.stringify(payload));
}

function refusal(schema: unknown): { readonly path: readonly string[]; readonly message: string } | undefined {
  const compiled = compilePayloadSchema(schema);
  return compiled.ok ? undefined : compiled.fault;
}

const draft7 = 'http://json-schema.org/draft-07/schema#';

describe('a payload schema', () => {
  const order = {
    $id: 'https://example.com/order.json',
    type: 'object',
    required: ['id', 'lines'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', pattern: '^ord_[0-9]+$', format: 'made-up' },
      'a/b': { type: 'integer' },
      lines: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/line' } },
    },
    $defs: {
      line: { type: 'object', properties: { sku: { enum: ['x', 'y'] }, parts: { $ref: '#/$defs/lines' } } },
      lines: { items: { $ref: '#/$defs/line' } },
    },
  };

  it('accepts what fits, and names the place of what does not', () => {
    expect(check(order, { id: 'ord_1', lines: [{ sku: 'x', parts: [{ sku: 'y' }] }] })).toBeUndefined();
    const places = [
      { lines: [] },
      { id: 'ord_x', lines: [] },
      { id: 'ord_1', lines: [{ sku: 'x' }, { parts: [{}, { sku: 'z' }] }] },
      {
        id: 'ord_1',
        lines: [
          { sku: 'x', parts: [] },
          { parts: [], sku: 'x' },
        ],
      },
      { id: 'ord_1', lines: [], 'a/b': 1.5 },
      { id: 'ord_1', lines: [], extra: 1 },
    ].map((payload) => check(order, payload)?.path);
    expect(places).toEqual([['id'], ['id'], ['lines', 1, 'parts', 1, 'sku'], ['lines'], ['a/b'], ['extra']]);
  });

  it('is of draft 7 where it says so, and of 2020-12 else', () => {
    const tuple = { items: [{ type: 'string' }, { type: 'number' }] };
    expect(check({ $schema: draft7, ...tuple }, ['a', 'b'])?.path).toEqual([1]);
    expect(refusal(tuple)?.message).toContain('not valid');
    expect(check({ prefixItems: tuple.items }, ['a', 'b'])?.path).toEqual([1]);
    expect(refusal({ $schema: 'http://json-schema.org/draft-04/schema#' })?.path).toEqual(['$schema']);
    expect(check(true, 1)).toBeUndefined();
    expect(check(false, 1)).toEqual({ path: [], message: 'no payload is allowed' });
  });

  it('judges repetitions as the comparison of all pairs does', () => {
    const items = fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 6 });
    fc.assert(
      fc.property(items, fc.nat(5), (values, at) => {
        const list = at < values.length ? [...values, structuredClone(values[at])] : values;
        const isSame = (left: unknown, right: unknown): boolean => {
          if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
            return left === right;
          }
          const [a, b] = [Object.entries(left), Object.entries(right)];
          return (
            Array.isArray(left) === Array.isArray(right) &&
            a.length === b.length &&
            a.every(([key, value]) => Object.hasOwn(right, key) && isSame(value, right[key as never]))
          );
        };
        // What counts is the JSON: -0 is 0 there.
        const sent = JSON.parse(JSON.stringify(list)) as unknown[];
        const repeats = sent.some((left, index) => sent.slice(index + 1).some((right) => isSame(left, right)));
        expect(check({ uniqueItems: true }, sent) === undefined).toBe(!repeats);
      }),
    );
  });

  it.each([
    ['a remote reference', { properties: { a: { $ref: 'https://example.com/a.json' } } }, ['properties', 'a', '$ref']],
    ['a reference to a file', { $ref: 'file:///etc/passwd' }, ['$ref']],
    [
      'a reference to its own id',
      { $id: 'https://example.com/a', items: { $ref: 'https://example.com/a#' } },
      ['items', '$ref'],
    ],
    ['a reference to nothing', { $ref: '#/$defs/none' }, ['$ref']],
    ['a reference to what is no schema', { $ref: '#/enum/0', enum: [{ type: 'string' }] }, ['$ref']],
    ['a reference that is no text', { $ref: 1 }, ['$ref']],
    ['a dynamic reference', { $dynamicRef: '#x' }, ['$dynamicRef']],
    ['an id inside', { items: { $id: 'https://example.com/b' } }, ['items', '$id']],
    ['an asynchronous schema', { $async: true }, ['$async']],
    ['a nested repetition', { properties: { a: { pattern: '(a+)+$' } } }, ['properties', 'a', 'pattern']],
    ['a nested repetition of a name', { patternProperties: { '(x*)*y': {} } }, ['patternProperties']],
    ['look-around', { pattern: '^(?=a)' }, ['pattern']],
    ['a back reference', { pattern: '(a)\\1' }, ['pattern']],
    ['no expression', { pattern: '[' }, ['pattern']],
    ['a very long pattern', { pattern: 'a'.repeat(513) }, ['pattern']],
    ['a pattern that is large when written out', { pattern: 'a{900}' }, ['pattern']],
    ['a schema that is itself', { $ref: '#' }, []],
    [
      'a circle of conditions',
      { $defs: { a: { anyOf: [{ not: { $ref: '#/$defs/a' } }] } } },
      ['$defs', 'a', 'anyOf', '0', 'not'],
    ],
    [
      'a schema that doubles itself eleven times',
      {
        $defs: Object.fromEntries(
          Array.from({ length: 12 }, (_, n) => [
            `d${n}`,
            n === 0 ? {} : { allOf: [{ $ref: `#/$defs/d${n - 1}` }, { $ref: `#/$defs/d${n - 1}` }] },
          ]),
        ),
      },
      ['$defs', 'd9'],
    ],
    ['a deep schema', Array.from({ length: 40 }).reduce<object>((inner) => ({ not: inner }), {}), []],
    ['a huge schema', { enum: Array.from({ length: 5_001 }, (_, n) => n) }, []],
    ['an unknown type', { properties: { a: { type: 'file' } } }, ['properties', 'a', 'type']],
    ['a list', [], []],
  ])('is refused with %s', (_, schema, path) => {
    const found = refusal(schema);
    expect(found?.path).toEqual(path);
    expect(found?.message).not.toBe('');
  });

  const recursive = { properties: { a: { allOf: [{ $ref: '#' }, { $ref: '#' }] } } };
  const deep = Array.from({ length: 60 }).reduce<object>((inner) => ({ a: inner }), {});

  it.each([
    ['doubles with every level of the payload', recursive, deep],
    [
      'has a long list for every item',
      { items: { enum: Array.from({ length: 4_000 }, (_, n) => n) } },
      Array.from({ length: 80_000 }, () => -1),
    ],
    [
      'has many names for every item',
      { items: { required: Array.from({ length: 900 }, (_, n) => `k${n}`) } },
      Array.from({ length: 80_000 }, () => ''),
    ],
    [
      'reads a long text with many patterns',
      { allOf: Array.from({ length: 100 }, (_, n) => ({ pattern: `(a|a)*[a-z]{1,200}${n}$` })) },
      'a'.repeat(250_000),
    ],
  ])('takes bounded time when it %s', (_, schema, payload) => {
    const compiled = compilePayloadSchema(schema);
    if (!compiled.ok) throw new Error(compiled.fault.message);
    const text = JSON.stringify(payload);
    const startMs = performance.now();
    compiled.check(text);
    // Without the limits each would take minutes.
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('is not slow for ambiguous patterns that its words do not give away', () => {
    const startMs = performance.now();
    expect(check({ pattern: '^(a|a)*$' }, JSON.stringify(`${'a'.repeat(50_000)}b`))?.path).toEqual([]);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  it('keeps no schema that is gone', () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage = vm.runInNewContext('gc') as () => void;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 100; n += 1) compilePayloadSchema({ const: `${n}${'x'.repeat(100_000)}` });
    collectGarbage();
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(25);
  });
});
