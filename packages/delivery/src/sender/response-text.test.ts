import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxKeptBodyBytes, toResponseText } from './response-text.js';

describe('toResponseText', () => {
  it('gives back UTF-8 as it was, however it was cut into chunks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, cut) => {
        const bytes = Buffer.from(text.replaceAll('\0', ''));
        const at = bytes.length === 0 ? 0 : cut % bytes.length;
        expect(toResponseText([bytes.subarray(0, at), bytes.subarray(at)])).toBe(bytes.toString());
      }),
    );
  });

  it('holds at most 16 KiB and no NUL, whatever the bytes', () => {
    const chunk = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.alloc(200 * bytes.length, bytes));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 4 }), (chunks) => {
        const text = toResponseText(chunks);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxKeptBodyBytes);
        expect(text).not.toContain('\0');
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', [], ''],
    ['invalid bytes', [Buffer.from([0x61, 0xff, 0x62])], 'a\uFFFDb'],
    ['NUL', [Buffer.from('a\0b')], 'a\uFFFDb'],
    ['a byte order mark', [Buffer.from('\uFEFFa')], '\uFEFFa'],
    [
      'a character cut by the limit',
      [Buffer.from(`${'a'.repeat(maxKeptBodyBytes - 1)}é`)],
      'a'.repeat(maxKeptBodyBytes - 1),
    ],
    ['text of exactly the limit', [Buffer.alloc(maxKeptBodyBytes, 'a')], 'a'.repeat(maxKeptBodyBytes)],
    [
      '16 KiB of invalid bytes',
      [Buffer.alloc(maxKeptBodyBytes, 0xff)],
      '\uFFFD'.repeat(Math.floor(maxKeptBodyBytes / 3)),
    ],
  ])('of %s', (_what, chunks, expected) => {
    expect(toResponseText(chunks)).toBe(expected);
  });
});
