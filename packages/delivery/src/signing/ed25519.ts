import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

// What precedes the 32 raw bytes in the DER encodings of RFC 8410; node:crypto takes no raw Ed25519 keys.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Length of an Ed25519 seed, and of a public key, in bytes. */
export const ed25519KeyBytes = 32;

/** The private key that an Ed25519 seed of 32 bytes stands for. */
export function toPrivateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

/** The public key made of 32 raw bytes. Any 32 bytes make a key; a wrong one verifies nothing. */
export function toPublicKey(publicBytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicBytes]), format: 'der', type: 'spki' });
}

/** The 32 raw bytes of the public key that belongs to a seed. */
export function publicBytesOf(seed: Uint8Array): Buffer {
  const der = createPublicKey(toPrivateKey(seed)).export({ format: 'der', type: 'spki' });
  return der.subarray(SPKI_PREFIX.length);
}
