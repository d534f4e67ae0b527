import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './raw-json-member.js';

const limits = { maxDepth: 64, maxKeys: 10_000 };
const none = new Set<string>();
const payloadOnly = new Set(['payload']);

/** Any JSON text, with white space and escapes that a serialiser would not write. */
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const stringLiteral = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary-ascii', maxLength: 6 }).map((text) => {
    const escapes = Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `"${escapes.join('')}"`;
  }),
  fc.constantFrom('"\\\\"', '"\\""', '"\\\\\\""', '"{[,:]}"', '""'),
);
const scalar = fc.oneof(
  stringLiteral,
  fc.constantFrom('true', 'false', 'null', '0', '-0', '1e400', '123456789012345678901234567890', '-1.5E-3'),
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc
      .array(fc.tuple(space, tie('value'), space), { maxLength: 4 })
      .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`),
    fc
      .array(fc.tuple(space, stringLiteral, space, tie('value'), space), { maxLength: 4 })
      .map((members) => `{${members.map(([a, key, b, inner, c]) => `${a}${key}${b}:${inner}${c}`).join(',')}}`),
  ),
}));

describe('scanJson', () => {
  it('finds the raw member exactly, whatever stands in and around it', () => {
    const member = fc.tuple(fc.constantFrom('"a"', '"b"', '"\\u0063"'), value);
    fc.assert(
      fc.property(
        value,
        fc.array(member, { maxLength: 2 }),
        space,
        space,
        fc.boolean(),
        (payload, others, s1, s2, last) => {
          const distinct = [
            ...new Map(others.map(([key, inner]) => [JSON.parse(key) as string, `${key}:${quiet(inner)}`])).values(),
          ];
          const raw = `${s1}"payload"${s2}:${s1}${payload}${s2}`;
          const text = `${s2}{${(last ? [...distinct, raw] : [raw, ...distinct]).join(',')}}${s1}`;
          JSON.parse(text);
          const result = scanJson(text, { rawMembers: payloadOnly, limits });
          if (result.outcome !== 'scanned') throw new Error(JSON.stringify(result));
          const slice = result.raw.get('payload');
          expect(text.slice(slice?.start, slice?.end)).toBe(payload);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('accepts every text that a serialiser writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }).filter(hasNoForbiddenKey), (anything) => {
        expect(scanJson(JSON.stringify(anything, undefined, 1), { rawMembers: none, limits }).outcome).toBe('scanned');
      }),
    );
  });

  it.each([
    ['at the top', '{"a":1,"b":2,"a":3}'],
    ['in a nested object', '{"x":[{"k":1,"k":2}]}'],
    ['spelt with an escape', '{"a":1,"\\u0061":2}'],
    ['as the raw member itself', '{"payload":1,"payload":2}'],
  ])('refuses a repeated key %s', (_, text) => {
    expect(scanJson(text, { rawMembers: payloadOnly, limits })).toMatchObject({ problem: { kind: 'duplicate_key' } });
  });

  it.each(['{"__proto__":{}}', '{"a":{"__proto__":1}}', '{"\\u005f_proto__":1}', '{"constructor":{"prototype":{}}}'])(
    'refuses the prototype key in %s',
    (text) => {
      expect(scanJson(text, { rawMembers: none, limits })).toMatchObject({ problem: { kind: 'forbidden_key' } });
    },
  );

  it.each(['{"payload":{"k":1,"k":2}}', '{"payload":{"__proto__":1}}', '{"constructor":"a name"}'])(
    'leaves %s alone',
    (text) => {
      expect(scanJson(text, { rawMembers: payloadOnly, limits }).outcome).toBe('scanned');
    },
  );

  it('counts the depth inside and outside of raw members', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const inPayload = (levels: number) =>
      scanJson(`{"payload":${nested(levels)}}`, { rawMembers: payloadOnly, limits });
    expect(inPayload(63).outcome).toBe('scanned');
    expect(inPayload(64)).toMatchObject({ problem: { kind: 'too_deep' } });
    expect(scanJson(nested(64), { rawMembers: none, limits }).outcome).toBe('scanned');
    expect(scanJson(nested(100_000), { rawMembers: none, limits })).toMatchObject({ problem: { kind: 'too_deep' } });
  });

  it('counts the keys of the control level only', () => {
    const members = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',');
    expect(scanJson(`{${members(10_000)}}`, { rawMembers: none, limits }).outcome).toBe('scanned');
    expect(scanJson(`{${members(10_001)}}`, { rawMembers: none, limits })).toMatchObject({
      problem: { kind: 'too_many_keys' },
    });
    expect(scanJson(`{"payload":{${members(20_000)}}}`, { rawMembers: payloadOnly, limits }).outcome).toBe('scanned');
  });
});

/** Control-level text must not repeat keys; arrays of scalars cannot. */
function quiet(text: string): string {
  return text.startsWith('{') || text.startsWith('[') ? '[1,"x"]' : text;
}

function hasNoForbiddenKey(anything: unknown): boolean {
  return !/"(__proto__|constructor)":/.test(JSON.stringify(anything));
}
