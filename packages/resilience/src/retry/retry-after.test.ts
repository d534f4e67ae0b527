import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxRetryAfterMs, parseRetryAfter } from './retry-after.js';

const now = new Date('1994-11-06T08:49:00.500Z');

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['007', 7000],
    ['1.2', 2000],
    ['0.001', 1000],
    ['3.0', 3000],
    ['86400', maxRetryAfterMs],
    ['86401', maxRetryAfterMs],
    ['1000000000000', maxRetryAfterMs],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
    ['Sat, 06 Nov 1993 08:49:37 GMT', 0],
    ['Sun, 06 Nov 2044 08:49:37 GMT', maxRetryAfterMs],
    ['Sunday, 06-Nov-95 08:49:37 GMT', maxRetryAfterMs],
    ['Wednesday, 06-Nov-46 08:49:37 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:60 GMT', 59_000],
  ])('reads %j as %d ms', (value, expectedMs) => {
    expect(parseRetryAfter(value, now)).toBe(expectedMs);
  });

  it.each([
    undefined,
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '1.',
    '.5',
    '1,5',
    '1 2',
    '5s',
    'soon',
    'NaN',
    'Infinity',
    '１２',
    '9'.repeat(16),
    '9'.repeat(400),
    '1994-11-06T08:49:37Z',
    'Nov 6, 1994',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 24:49:37 GMT',
    'Sun, 06 Nov 1994 08:60:37 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 31 Nov 1994 08:49:37 GMT',
    'Wed, 29 Feb 1995 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 nov 1994 08:49:37 GMT',
    'Son, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, 5',
  ])('ignores %j', (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });

  it('reads back every date that toUTCString writes, to the second', () => {
    const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 86_400 }), (date, seconds) => {
        const atMs = Math.floor(date.getTime() / 1000) * 1000;
        const retryAt = new Date(atMs).toUTCString();
        expect(parseRetryAfter(retryAt, new Date(atMs - seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it('answers any text with nothing or with a whole number of seconds up to a day', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('0123456789.-+e, GMT:')) }));
    fc.assert(
      fc.property(texts, (text) => {
        const delayMs = parseRetryAfter(text, now);
        if (delayMs === undefined) return;
        expect(Number.isInteger(delayMs / 1000)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(maxRetryAfterMs);
      }),
    );
  });
});
