import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Random } from '@postrider/core';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const keyIdLength = 12;
const secretLength = 43;
const checksumLength = 6;
const keyPrefix = 'pr_';
const tokenPrefix = 'pt_';
const ownForm = new RegExp(
  `^(?:${keyPrefix}|${tokenPrefix})([0-9A-Za-z]{${keyIdLength}})_([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
);
const foreignForm = /^[A-Za-z0-9_-]{32,256}$/;

/** What a key text tells without asking the store. */
export interface ParsedApiKey {
  /** By which the key is found in the store; public. */
  readonly id: string;
  /** SHA-256 of the whole key, hexadecimal: all that is stored of it. */
  readonly hash: string;
}

/** A random base62 text; 43 characters carry 256 bits. */
function randomBase62(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length)) {
      // 248 is the largest multiple of 62 in a byte; bytes above it would favour the first characters.
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}

/** CRC-32 of everything in front of it, as 6 base62 digits: finds typos, and lets scanners recognise leaked keys. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < checksumLength; index += 1) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function sha256Hex(text: string): string {
  return hash('sha256', text);
}

/** A new key of our own format, `pr_<id>_<secret><checksum>`. */
export function generateApiKey(random: Random, id: string = randomBase62(random, keyIdLength)): string {
  return complete(random, `${keyPrefix}${id}`);
}

/** A new portal token: as a key, but for `pt_`, so that scanners and people can tell them apart. */
export function generatePortalToken(random: Random): string {
  return complete(random, `${tokenPrefix}${randomBase62(random, keyIdLength)}`);
}

function complete(random: Random, head: string): string {
  const body = `${head}_${randomBase62(random, secretLength)}`;
  return body + checksum(body);
}

/**
 * Reads a key. `undefined` when it cannot be one, so that typing errors and noise never reach the store:
 *
 * - what begins with `pr_` or `pt_` must be complete and carry the right checksum;
 * - anything else must be 32 to 256 characters of `A-Z a-z 0-9 _ -` (an operator chose it); its id is `seed_` and the
 *   first 16 hexadecimal digits of the SHA-256 of its hash, so that nothing of the key itself is shown.
 */
export function parseApiKey(text: string): ParsedApiKey | undefined {
  if (text.startsWith(keyPrefix) || text.startsWith(tokenPrefix)) {
    const id = ownForm.exec(text)?.[1];
    if (id === undefined || checksum(text.slice(0, -checksumLength)) !== text.slice(-checksumLength)) return undefined;
    return { id, hash: sha256Hex(text) };
  }
  if (!foreignForm.test(text)) return undefined;
  const digest = sha256Hex(text);
  return { id: `seed_${sha256Hex(digest).slice(0, 16)}`, hash: digest };
}
