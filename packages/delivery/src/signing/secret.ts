import type { Random, SignatureScheme } from '@postrider/core';
import { ed25519KeyBytes, publicBytesOf } from './ed25519.js';

/** A well-formed signing secret. */
export interface SigningSecret {
  readonly scheme: SignatureScheme;
  /** v1: the HMAC key, 24–64 bytes. v1a: the Ed25519 seed, 32 bytes. */
  readonly bytes: Buffer;
  /** The one spelling to store: `whsec_…` or `whsk_…` (seed only) in standard padded base64. */
  readonly text: string;
}

/** `problem` says what is wrong in words that never repeat the input. */
export type ParsedSecret =
  { readonly ok: true; readonly secret: SigningSecret } | { readonly ok: false; readonly problem: string };

/** Bounds of a v1 secret in bytes, from the Standard Webhooks specification; its libraries do not enforce them. */
export const minSecretBytes = 24;
export const maxSecretBytes = 64;

const GENERATED_BYTES = 32;

const PREFIXES = { v1: 'whsec_', v1a: 'whsk_' } as const;
const PUBLIC_KEY_PREFIX = 'whpk_';

/**
 * Reads `whsec_…` (v1, HMAC-SHA256) or `whsk_…` (v1a, Ed25519: the seed of 32 bytes, or seed and public key in 64).
 * Only standard padded base64 in its canonical spelling passes: receivers' libraries reject the URL-safe alphabet.
 */
export function parseSigningSecret(text: string): ParsedSecret {
  if (text.startsWith(PREFIXES.v1)) return parseHmacSecret(text.slice(PREFIXES.v1.length));
  if (text.startsWith(PREFIXES.v1a)) return parseEd25519Secret(text.slice(PREFIXES.v1a.length));
  return { ok: false, problem: 'The secret must start with whsec_ or whsk_.' };
}

/** A fresh secret of 32 random bytes: `whsec_…` for v1 (the default), `whsk_…` for v1a. */
export function generateSecret(random: Random, scheme: SignatureScheme = 'v1'): string {
  return toText(scheme, random.bytes(scheme === 'v1' ? GENERATED_BYTES : ed25519KeyBytes));
}

/** `whpk_…`, which receivers verify v1a signatures with; `undefined` for a v1 secret, which has no public half. */
export function toPublicKeyText(secret: SigningSecret): string | undefined {
  return secret.scheme === 'v1a' ? PUBLIC_KEY_PREFIX + publicBytesOf(secret.bytes).toString('base64') : undefined;
}

/** The 32 bytes of a `whpk_…` public key, or `undefined` when the text is not exactly one. */
export function parsePublicKey(text: string): Buffer | undefined {
  if (!text.startsWith(PUBLIC_KEY_PREFIX)) return undefined;
  const bytes = decodeBase64(text.slice(PUBLIC_KEY_PREFIX.length));
  return bytes?.length === ed25519KeyBytes ? bytes : undefined;
}

function parseHmacSecret(base64: string): ParsedSecret {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return notBase64(PREFIXES.v1);
  if (bytes.length < minSecretBytes || bytes.length > maxSecretBytes) {
    const problem = `The secret has ${bytes.length} bytes; expected ${minSecretBytes} to ${maxSecretBytes}.`;
    return { ok: false, problem };
  }
  return { ok: true, secret: { scheme: 'v1', bytes, text: toText('v1', bytes) } };
}

function parseEd25519Secret(base64: string): ParsedSecret {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return notBase64(PREFIXES.v1a);
  if (bytes.length !== ed25519KeyBytes && bytes.length !== 2 * ed25519KeyBytes) {
    const problem = `The secret has ${bytes.length} bytes; expected a seed of 32, or seed and public key in 64.`;
    return { ok: false, problem };
  }
  const seed = bytes.subarray(0, ed25519KeyBytes);
  const publicBytes = bytes.subarray(ed25519KeyBytes);
  if (publicBytes.length > 0 && !publicBytesOf(seed).equals(publicBytes)) {
    return { ok: false, problem: 'The second half of the secret is not the public key of the first.' };
  }
  return { ok: true, secret: { scheme: 'v1a', bytes: seed, text: toText('v1a', seed) } };
}

function notBase64(prefix: string): ParsedSecret {
  return { ok: false, problem: `What follows ${prefix} must be standard base64 with padding.` };
}

function toText(scheme: SignatureScheme, bytes: Uint8Array): string {
  return PREFIXES[scheme] + Buffer.from(bytes).toString('base64');
}

/** `Buffer.from` skips what it does not understand, so the text must be what the bytes encode to. */
function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
