import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTtlMs, type Ttl } from './ttl.js';

it.each<[Ttl, number]>([
  [1, 1],
  [86_400_000 * 365, 86_400_000 * 365],
  ['1ms', 1],
  ['500ms', 500],
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['365d', 86_400_000 * 365],
])('%s is %d ms', (ttl, ttlMs) => {
  expect(parseTtlMs(ttl)).toBe(ttlMs);
});

it.each([0, -5, 0.5, Number.NaN, Infinity, 86_400_000 * 365 + 1, '', '5', '5 m', '5min', '0m', '1e3ms', '366d', null])(
  'refuses %s, naming the option',
  (ttl) => {
    expect(() => parseTtlMs(ttl as Ttl, 'staleTtl')).toThrow(/^staleTtl is .*; expected whole milliseconds/);
  },
);

it('takes every whole number in range, also as a text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400_000 * 365 }), (ttlMs) => {
      expect(parseTtlMs(ttlMs)).toBe(ttlMs);
      expect(parseTtlMs(`${ttlMs}ms`)).toBe(ttlMs);
    }),
  );
});
