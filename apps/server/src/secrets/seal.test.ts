import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { isPostriderError, systemRandom as random } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { createKeyRing, parseSealingKey, parseSealingKeys, type SealingKey } from './key-ring.js';
import { openText, rewrapText, sealedWith, sealText } from './seal.js';

const old = randomBytes(32);
const current = randomBytes(32);
const ring = createKeyRing([current, old]);
const key = ring.primary as SealingKey;
const place = ['endpoint_secrets', 'key', 'app_1', 'ep_1'];

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return isPostriderError(error) ? error.code : 'other';
  }
  return undefined;
}

describe('sealing', () => {
  it('gives back every text, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const wellFormed = text.toWellFormed();
        const sealed = sealText(wellFormed, place, { key, random });
        expect(openText(sealed, place, ring)).toBe(wellFormed);
        expect(sealedWith(sealed)).toBe(key.id);
        expect(sealed.includes(wellFormed) && wellFormed.length > 8).toBe(false);
      }),
    );
  });

  it('never seals a text twice alike', () => {
    const sealed = Array.from({ length: 100 }, () => sealText('same', place, { key, random }));
    expect(new Set(sealed).size).toBe(100);
  });

  it('gives back what was stored before there were keys', () => {
    expect(openText('whsec_plain', place, createKeyRing([]))).toBe('whsec_plain');
  });

  it('seals a text that looks like a sealed one', () => {
    const sealed = sealText('inner', place, { key, random });
    expect(openText(sealText(sealed, place, { key, random }), place, ring)).toBe(sealed);
  });

  it('does not open what was altered in any digit, or cut off anywhere', () => {
    const sealed = sealText('a secret', place, { key, random });
    for (let at = 'sealed:v1:'.length; at < sealed.length; at += 1) {
      const other = sealed[at] === '0' ? '1' : '0';
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(
        codeOf(() => openText(altered, place, ring)),
        `digit ${at}`,
      ).toMatch(/^SECRET_/);
      expect(
        codeOf(() => openText(sealed.slice(0, at), place, ring)),
        `cut at ${at}`,
      ).toBe('SECRET_UNREADABLE');
    }
  });

  it('does not open what was moved to another record', () => {
    const sealed = sealText('a secret', place, { key, random });
    const elsewhere = ['endpoint_secrets', 'key', 'app_1', 'ep_2'];
    expect(codeOf(() => openText(sealed, elsewhere, ring))).toBe('SECRET_UNREADABLE');
  });

  it('names the key that is missing', () => {
    const sealed = sealText('a secret', place, { key, random });
    const open = () => openText(sealed, place, createKeyRing([old]));
    expect(codeOf(open)).toBe('SECRET_KEY_MISSING');
    expect(open).toThrow(key.id);
  });

  it('changes the key and leaves the text sealed as it was', () => {
    const before = createKeyRing([old]);
    const sealed = sealText('a secret', place, { key: before.primary as SealingKey, random });
    const rewrapped = rewrapText(sealed, place, { key, ring, random });
    expect(openText(rewrapped, place, createKeyRing([current]))).toBe('a secret');
    expect(rewrapped.split(':').at(-1)).toBe(sealed.split(':').at(-1));
    expect(sealedWith(rewrapText('plain', place, { key, ring, random }))).toBe(key.id);
  });
});

describe('keys', () => {
  it('are 32 random bytes, in base64 or hexadecimal digits', () => {
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(parseSealingKey(old.toString(encoding))).toEqual(old);
    }
    const wrong = ['', 'secret', randomBytes(31).toString('base64'), randomBytes(33).toString('hex'), '0'.repeat(64)];
    expect(wrong.map(parseSealingKey)).toEqual(wrong.map(() => undefined));
  });

  it('come one on a line or separated by commas, none of them wrong', () => {
    const [first, second] = [old.toString('base64'), current.toString('hex')];
    expect(parseSealingKeys(`${first},\n ${second}\n`)).toEqual([old, current]);
    expect(parseSealingKeys(`${first},oops`)).toBeUndefined();
  });
});
