import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Random } from '@postrider/core';
import { secretError } from './errors.js';
import { keyBytes, type KeyRing, type SealingKey } from './key-ring.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const prefix = 'sealed:v1:';
const form = /^sealed:v1:([0-9a-f]{8}):([\w-]{80}):([\w-]{38,})$/;

/** A text is bound to where it is kept, such as `['endpoint_secrets', 'key', applicationId, endpointId]`. */
export type SealedPlace = readonly string[];

/** The id of the key that a stored text is sealed with; `undefined` when it is not sealed. */
export function sealedWith(stored: string): string | undefined {
  return form.exec(stored)?.[1];
}

/**
 * Seals a text with a key of its own, and that key with the ring's first one:
 * `sealed:v1:<id of the ring's key>:<sealed key>:<sealed text>`, each part nonce, ciphertext and tag in base64url.
 */
export function sealText(text: string, place: SealedPlace, deps: { key: SealingKey; random: Random }): string {
  const { key, random } = deps;
  const own = Buffer.from(random.bytes(keyBytes));
  const sealedKey = encrypt({ bytes: own, key: key.key, context: key.id, random });
  const sealedText = encrypt({
    bytes: Buffer.from(text, 'utf8'),
    key: createSecretKey(own),
    context: toContext(place),
    random,
  });
  return `${prefix}${key.id}:${sealedKey}:${sealedText}`;
}

/**
 * The text in a stored one. What is not sealed is given back as it is: it was stored before there were keys. Throws
 * `SECRET_KEY_MISSING`, and `SECRET_UNREADABLE` when it was altered or belongs to another place.
 */
export function openText(stored: string, place: SealedPlace, ring: KeyRing): string {
  if (!stored.startsWith(prefix)) return stored;
  const [, keyId = '', sealedKey = '', sealedText = ''] = form.exec(stored) ?? [];
  const key = keyOf(ring, keyId, place);
  const own = decrypt({ sealed: sealedKey, key: key.key, context: keyId, place });
  return decrypt({ sealed: sealedText, key: createSecretKey(own), context: toContext(place), place }).toString('utf8');
}

/** The same text under the ring's first key: its own key is sealed anew, the text itself stays as it is. */
export function rewrapText(
  stored: string,
  place: SealedPlace,
  deps: { key: SealingKey; ring: KeyRing; random: Random },
): string {
  const { key, ring, random } = deps;
  const [, keyId = '', sealedKey = '', sealedText = ''] = form.exec(stored) ?? [];
  if (keyId === '') return sealText(stored, place, deps);
  // Opened as a whole, so that a broken text is not dressed up as a sound one.
  openText(stored, place, ring);
  const own = decrypt({ sealed: sealedKey, key: keyOf(ring, keyId, place).key, context: keyId, place });
  return `${prefix}${key.id}:${encrypt({ bytes: own, key: key.key, context: key.id, random })}:${sealedText}`;
}

function keyOf(ring: KeyRing, id: string, place: SealedPlace): SealingKey {
  if (id === '') throw unreadable(place);
  const key = ring.get(id);
  if (key !== undefined) return key;
  throw secretError(
    'SECRET_KEY_MISSING',
    `A stored secret is sealed with the key ${id}; this process has ${ring.ids.join(', ') || 'none'}. Add that key to POSTRIDER_SECRETS_KEY.`,
    { details: { keyId: id, place } },
  );
}

function unreadable(place: SealedPlace, cause?: unknown): Error {
  return secretError(
    'SECRET_UNREADABLE',
    `A stored secret (${place.slice(0, 2).join('.')}) does not open: it was altered, or belongs to another record. Restore it from a backup, or set it anew.`,
    { cause, details: { place } },
  );
}

function toContext(place: SealedPlace): string {
  return JSON.stringify(place);
}

function encrypt(params: { bytes: Buffer; key: KeyObject; context: string; random: Random }): string {
  const nonce = params.random.bytes(nonceBytes);
  const cipher = createCipheriv(algorithm, params.key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(params.context));
  return Buffer.concat([nonce, cipher.update(params.bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(params: { sealed: string; key: KeyObject; context: string; place: SealedPlace }): Buffer {
  const bytes = Buffer.from(params.sealed, 'base64url');
  // One spelling for one value: unused bits of the last digit would else be no part of what is checked.
  if (bytes.toString('base64url') !== params.sealed) throw unreadable(params.place);
  try {
    // Without the length Node would accept a tag that was cut to four bytes.
    const decipher = createDecipheriv(algorithm, params.key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(params.context));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw unreadable(params.place, cause);
  }
}
