import { systemRandom } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSecret, parsePublicKey, parseSigningSecret, toPublicKeyText } from './secret.js';

const bytesOfLength = (length: number): Buffer => Buffer.alloc(length, 0xfb);
const encode = (prefix: string, bytes: Uint8Array): string => prefix + Buffer.from(bytes).toString('base64');

const seed = Buffer.from('VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=', 'base64');
const publicKey = 'whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=';

describe('parseSigningSecret', () => {
  it('accepts v1 secrets of 24 to 64 bytes and gives them back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (bytes) => {
        const text = encode('whsec_', bytes);
        const secret = { scheme: 'v1', bytes: Buffer.from(bytes), text };
        expect(parseSigningSecret(text)).toEqual({ ok: true, secret });
      }),
    );
  });

  it('accepts a v1a seed, and a seed with its public key, and keeps the seed', () => {
    const text = encode('whsk_', seed);
    const secret = { scheme: 'v1a', bytes: seed, text };
    const publicBytes = parsePublicKey(publicKey) ?? Buffer.alloc(0);
    expect(parseSigningSecret(text)).toEqual({ ok: true, secret });
    expect(parseSigningSecret(encode('whsk_', Buffer.concat([seed, publicBytes])))).toEqual({ ok: true, secret });
  });

  it.each([
    ['empty', ''],
    ['a prefix alone', 'whsec_'],
    ['no prefix', bytesOfLength(24).toString('base64')],
    ['another prefix', encode('whsek_', bytesOfLength(24))],
    ['23 bytes', encode('whsec_', bytesOfLength(23))],
    ['65 bytes', encode('whsec_', bytesOfLength(65))],
    ['the URL-safe alphabet', `whsec_${bytesOfLength(24).toString('base64url')}`],
    ['missing padding', encode('whsec_', bytesOfLength(25)).replaceAll('=', '')],
    ['surplus padding', `${encode('whsec_', bytesOfLength(24))}=`],
    ['stray bits before the padding', `whsec_${bytesOfLength(23).toString('base64')}AAB=`],
    ['a space', `${encode('whsec_', bytesOfLength(24))} `],
    ['a line break within', encode('whsec_', bytesOfLength(24)).replace('_', '_\n')],
    ['a seed of 31 bytes', encode('whsk_', bytesOfLength(31))],
    ['a seed of 33 bytes', encode('whsk_', bytesOfLength(33))],
    ['a seed with a foreign public key', encode('whsk_', Buffer.concat([seed, bytesOfLength(32)]))],
    ['a public key', publicKey],
  ])('refuses %s and does not repeat it', (_what, text) => {
    const parsed = parseSigningSecret(text);
    const problem = parsed.ok ? 'none' : parsed.problem;
    expect(problem).toMatch(/^(?:The|What|expected) /);
    expect(text.length > 10 && problem.includes(text.slice(6))).toBe(false);
  });
});

describe('public keys', () => {
  it('are derived from the seed of a v1a secret, and do not exist for v1', () => {
    const parsed = parseSigningSecret(encode('whsk_', seed));
    expect(parsed.ok && toPublicKeyText(parsed.secret)).toBe(publicKey);
    const hmac = parseSigningSecret(encode('whsec_', seed));
    expect(hmac.ok && toPublicKeyText(hmac.secret)).toBeUndefined();
  });

  it('are read only in their exact spelling', () => {
    expect(parsePublicKey(publicKey)).toHaveLength(32);
    expect(parsePublicKey(publicKey.slice(0, -1))).toBeUndefined();
    expect(parsePublicKey(encode('whpk_', bytesOfLength(31)))).toBeUndefined();
    expect(parsePublicKey(encode('whsec_', bytesOfLength(32)))).toBeUndefined();
  });
});

describe('generateSecret', () => {
  it.each(['v1', 'v1a'] as const)('makes a well-formed %s secret, another one each time', (scheme) => {
    const [first, second] = [generateSecret(systemRandom, scheme), generateSecret(systemRandom, scheme)];
    const parsed = parseSigningSecret(first);
    expect(parsed.ok && parsed.secret).toMatchObject({ scheme, text: first });
    expect(parsed.ok && parsed.secret.bytes).toHaveLength(32);
    expect(second).not.toBe(first);
  });
});
