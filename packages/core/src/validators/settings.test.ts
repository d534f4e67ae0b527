import { describe, expect, it } from 'vitest';
import {
  validateMaxInFlight,
  validateRetryScheduleMs,
  validateThrottleRate,
  validateTimeoutMs,
} from './delivery-settings.js';
import { validatePayload } from './payload.js';

describe('timeoutMs', () => {
  it.each([[1_000], [20_000], [60_000]])('accepts %j', (value) => {
    expect(validateTimeoutMs(value)).toEqual({ ok: true, value });
  });

  it.each([[0], [-1], [999], [60_001], [1_000.5], ['20000'], [NaN], [Infinity], [null], [undefined]])(
    'refuses %j',
    (value) => {
      expect(validateTimeoutMs(value)).toEqual({
        ok: false,
        code: 'validation',
        message: `Found ${typeof value === 'string' ? `"${value}"` : value} as timeoutMs; expected a whole number from 1000 to 60000.`,
      });
    },
  );
});

describe('throttleRate', () => {
  it.each([[1], [10_000]])('accepts %j', (value) => {
    expect(validateThrottleRate(value)).toEqual({ ok: true, value });
  });

  it.each([[0], [-1], [1e9], [0.5], ['5']])('refuses %j', (value) => {
    expect(validateThrottleRate(value)).toMatchObject({ ok: false, code: 'validation' });
  });
});

describe('maxInFlight', () => {
  it.each([[1], [32], [1_000]])('accepts %j', (value) => {
    expect(validateMaxInFlight(value)).toEqual({ ok: true, value });
  });

  it.each([[0], [-1], [1_001], [1.5], ['5'], [NaN], [null], [undefined]])('refuses %j', (value) => {
    expect(validateMaxInFlight(value)).toEqual({
      ok: false,
      code: 'validation',
      message: `Found ${typeof value === 'string' ? `"${value}"` : value} as maxInFlight; expected a whole number from 1 to 1000.`,
    });
  });
});

describe('retry schedule', () => {
  it.each([[[1_000]], [[5_000, 300_000, 1_800_000]], [Array.from({ length: 20 }, () => 604_800_000)]])(
    'accepts %j',
    (value) => {
      expect(validateRetryScheduleMs(value)).toEqual({ ok: true, value });
    },
  );

  it.each([
    [[]],
    [[0]],
    [[-1]],
    [[999]],
    [[1e12]],
    [[1_000.5]],
    [['5000']],
    [[null]],
    [Array.from({ length: 21 }, () => 1_000)],
    ['5000'],
    [{ length: 1 }],
    [null],
  ])('refuses %j', (value) => {
    expect(validateRetryScheduleMs(value)).toMatchObject({ ok: false, code: 'validation' });
  });

  it('names the delay that is wrong', () => {
    expect(validateRetryScheduleMs([1_000, 2_000, 3])).toMatchObject({
      message: 'Found 3 as delay 3 of a retry schedule; expected a whole number from 1000 to 604800000.',
    });
  });
});

describe('payload', () => {
  it('comes back as it is', () => {
    const bytes = Buffer.from('{"a":"\\u0000é😀"}');
    expect(validatePayload(bytes)).toEqual({ ok: true, value: bytes });
  });

  it.each([
    ['262144 bytes by default', 262_144, undefined],
    ['what is configured', 10, 10],
    ['1 MiB whatever is configured', 1_048_576, 10_000_000],
  ])('is at most %s', (_, limitBytes, maxBytes) => {
    expect(validatePayload(Buffer.alloc(limitBytes, 'a'), { maxBytes }).ok).toBe(true);
    expect(validatePayload(Buffer.alloc(limitBytes + 1, 'a'), { maxBytes })).toEqual({
      ok: false,
      code: 'payload_too_large',
      message: `Found a payload of ${limitBytes + 1} bytes; expected at most ${limitBytes}: send a reference to the data instead.`,
    });
  });

  it.each([
    ['nothing', [], 'validation'],
    ['a lone continuation byte', [0x7b, 0x80, 0x7d], 'malformed_json'],
    ['an overlong encoding', [0xc0, 0xaf], 'malformed_json'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'malformed_json'],
    ['a character cut short', [0xf0, 0x9f, 0x98], 'malformed_json'],
  ])('is refused when it is %s', (_, bytes, code) => {
    expect(validatePayload(Uint8Array.from(bytes))).toMatchObject({ ok: false, code });
  });
});
