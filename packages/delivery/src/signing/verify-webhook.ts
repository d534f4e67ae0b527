import { createHmac, timingSafeEqual, verify as verifyBytes } from 'node:crypto';
import { toPublicKey } from './ed25519.js';
import { signingError } from './errors.js';
import { parsePublicKey, parseSigningSecret } from './secret.js';
import { signedContent, signedPrefix, type SignedFields, type WebhookBody } from './signed-content.js';

export interface VerifyWebhookParams {
  /** Request headers as `node:http` gives them; names in any case, `webhook-*` or `svix-*`. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body as received. Parsing it and writing it again would change the bytes. */
  readonly body: WebhookBody;
  /** `whsec_…` for v1, or the public key `whpk_…` for v1a. */
  readonly key: string;
  readonly now: Date;
  /** How far the signed timestamp may be from `now`, either way, inclusive. Default: 300. */
  readonly toleranceSeconds?: number | undefined;
}

/** `messageId` is the idempotency key: the same on every attempt. */
export type VerifyWebhookResult =
  | { readonly verified: true; readonly messageId: string; readonly sentAt: Date }
  | {
      readonly verified: false;
      readonly reason: 'missing_header' | 'invalid_timestamp' | 'too_old' | 'too_new' | 'no_matching_signature';
    };

const DEFAULT_TOLERANCE_SECONDS = 300;

/** More than any rotation leaves live; keeps a request with thousands of entries cheap. */
const MAX_SIGNATURES = 20;

/** Digits only: `parseInt` would read `1700000000abc`, which was never signed as such. */
const TIMESTAMP = /^\d{1,12}$/;

/**
 * Verifies a webhook on the receiver's side, comparing in constant time.
 * Throws `SIGNING_SECRET_INVALID` when `key` is not well-formed: that is the receiver's configuration, not the request.
 */
export function verifyWebhook(params: VerifyWebhookParams): VerifyWebhookResult {
  const prepare = createMatcher(params.key);
  const { id, timestamp, signature } = readHeaders(params.headers);
  if (!id || !timestamp || !signature) return { verified: false, reason: 'missing_header' };
  if (!TIMESTAMP.test(timestamp)) return { verified: false, reason: 'invalid_timestamp' };

  const timestampSeconds = Number(timestamp);
  const ageSeconds = Math.floor(params.now.getTime() / 1000) - timestampSeconds;
  const toleranceSeconds = params.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  if (ageSeconds > toleranceSeconds) return { verified: false, reason: 'too_old' };
  if (-ageSeconds > toleranceSeconds) return { verified: false, reason: 'too_new' };

  // The timestamp is signed as text: without leading zeros, as every sender writes it.
  const matches = prepare({ messageId: id, timestampSeconds }, params.body);
  if (!splitSignatures(signature).some(matches)) return { verified: false, reason: 'no_matching_signature' };
  return { verified: true, messageId: id, sentAt: new Date(timestampSeconds * 1000) };
}

interface SignatureEntry {
  readonly scheme: string;
  readonly signature: Buffer;
}

type Matcher = (fields: SignedFields, body: WebhookBody) => (entry: SignatureEntry) => boolean;

function createMatcher(key: string): Matcher {
  const publicBytes = parsePublicKey(key);
  if (publicBytes !== undefined) return createEd25519Matcher(publicBytes);

  const parsed = parseSigningSecret(key);
  if (!parsed.ok) throw signingError('SIGNING_SECRET_INVALID', parsed.problem);
  if (parsed.secret.scheme === 'v1') return createHmacMatcher(parsed.secret.bytes);
  const problem = 'A receiver verifies v1a signatures with the public key (whpk_…), not with the secret (whsk_…).';
  throw signingError('SIGNING_SECRET_INVALID', problem);
}

function createHmacMatcher(secret: Buffer): Matcher {
  return (fields, body) => {
    const expected = createHmac('sha256', secret).update(signedPrefix(fields)).update(body).digest();
    return ({ scheme, signature }) =>
      scheme === 'v1' && signature.length === expected.length && timingSafeEqual(signature, expected);
  };
}

function createEd25519Matcher(publicBytes: Buffer): Matcher {
  const publicKey = toPublicKey(publicBytes);
  return (fields, body) => {
    const content = signedContent(fields, body);
    return ({ scheme, signature }) => scheme === 'v1a' && verifyBytes(null, content, publicKey, signature);
  };
}

/** Entries are separated by spaces; a proxy that merges repeated headers adds commas. */
function splitSignatures(value: string): SignatureEntry[] {
  const entries = value.split(/,? +/).flatMap((entry) => {
    const [scheme, base64] = entry.split(',');
    if (scheme === undefined || base64 === undefined) return [];
    return [{ scheme, signature: Buffer.from(base64, 'base64') }];
  });
  return entries.slice(0, MAX_SIGNATURES);
}

type FieldName = 'id' | 'timestamp' | 'signature';

function readHeaders(headers: VerifyWebhookParams['headers']): Record<FieldName, string | undefined> {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const read = (field: FieldName): string | undefined => {
    const value = byName.get(`webhook-${field}`) ?? byName.get(`svix-${field}`);
    return typeof value === 'string' || value === undefined ? value : value.join(' ');
  };
  return { id: read('id'), timestamp: read('timestamp'), signature: read('signature') };
}
