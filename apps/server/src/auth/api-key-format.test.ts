import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '@postrider/core/testing';
import { generateApiKey, parseApiKey } from './api-key-format.js';

const generated = fc.integer().map((seed) => generateApiKey(createSeededRandom(seed)));

describe('a generated key', () => {
  it('is read again, and only its hash is kept', () => {
    fc.assert(
      fc.property(generated, (key) => {
        expect(key).toMatch(/^pr_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/);
        expect(key).not.toContain('.');
        expect(parseApiKey(key)).toEqual({
          id: key.slice(3, 15),
          hash: createHash('sha256').update(key).digest('hex'),
        });
      }),
    );
  });

  it('is refused with any one character changed, left out or added', () => {
    const edit = fc.tuple(generated, fc.nat({ max: 64 }), fc.constantFrom('a', 'Z', '7', '_', '.'));
    fc.assert(
      fc.property(edit, ([key, at, other]) => {
        const head = key.slice(0, at);
        const edits = [head + other + key.slice(at + 1), head + key.slice(at + 1), head + other + key.slice(at)];
        const wrong = edits.filter((text) => text !== key && text.startsWith('pr_'));
        expect(wrong.map(parseApiKey)).toEqual(wrong.map(() => undefined));
      }),
    );
  });

  it('uses the whole alphabet evenly', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 500; seed += 1) {
      for (const character of generateApiKey(createSeededRandom(seed)).slice(16, 59)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(62);
    const expected = (500 * 43) / 62;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.3);
  });
});

describe('a key that an operator chose', () => {
  it('has an id that tells nothing of it', () => {
    const key = 'abcdefghijklmnopqrstuvwxyz-0123456789';
    const parsed = parseApiKey(key);
    expect(parsed?.id).toMatch(/^seed_[0-9a-f]{16}$/);
    expect(parsed?.hash).not.toContain(parsed?.id.slice(5));
    expect(parseApiKey(key)).toEqual(parsed);
  });

  it.each(['x'.repeat(31), 'x'.repeat(257), `${'x'.repeat(40)}.`, `${'x'.repeat(40)} `, 'ü'.repeat(40), ''])(
    'is refused as %j',
    (text) => {
      expect(parseApiKey(text)).toBeUndefined();
    },
  );
});
