import { createHmac, createSecretKey, sign as signBytes } from 'node:crypto';
import type { EndpointSecret } from '@postrider/core';
import { toPrivateKey } from './ed25519.js';
import { signingError } from './errors.js';
import { parseSigningSecret, type SigningSecret } from './secret.js';
import { signedContent, signedPrefix, type SignedFields, type WebhookBody } from './signed-content.js';

export interface SignParams {
  /** `msg_…`: the same on every attempt. */
  readonly messageId: string;
  /** The instant of this attempt, taken right before sending: it is signed, and decides which secrets are live. */
  readonly sentAt: Date;
  readonly body: WebhookBody;
}

/** Signs for one endpoint. Immutable: build a new one when the secrets change. */
export interface Signer {
  /**
   * The value of `webhook-signature`: one entry for each secret that is live at `sentAt`, separated by spaces,
   * v1 before v1a and the current secret before the ones it replaced.
   * Throws `SIGNING_NO_LIVE_SECRET` when all have expired.
   */
  sign(params: SignParams): string;
}

interface LiveKey {
  /** A secret signs until this instant (milliseconds since 1970), exclusive. */
  readonly expiresAtMs: number;
  readonly sign: (fields: SignedFields, body: WebhookBody) => string;
}

/**
 * Prepares the keys of an endpoint once, so that signing costs no parsing (a cached `KeyObject` is a third of the
 * price of a string key). Throws `SIGNING_SECRET_INVALID` when a stored secret is not well-formed.
 */
export function createSigner(secrets: readonly EndpointSecret[]): Signer {
  const keys = secrets.toSorted(byPrecedence).map(toLiveKey);
  return {
    sign: ({ messageId, sentAt, body }) => {
      const nowMs = sentAt.getTime();
      const fields = { messageId, timestampSeconds: Math.floor(nowMs / 1000) };
      let signatures = '';
      for (const key of keys) {
        if (nowMs >= key.expiresAtMs) continue;
        signatures += signatures === '' ? key.sign(fields, body) : ` ${key.sign(fields, body)}`;
      }
      if (signatures !== '') return signatures;
      throw signingError(
        'SIGNING_NO_LIVE_SECRET',
        `None of the ${keys.length} signing secrets of the endpoint is valid at ${sentAt.toISOString()}; rotate the secret.`,
      );
    },
  };
}

function byPrecedence(left: EndpointSecret, right: EndpointSecret): number {
  if (left.scheme !== right.scheme) return left.scheme === 'v1' ? -1 : 1;
  if (left.expiresAt?.getTime() === right.expiresAt?.getTime()) return 0;
  return expiryMs(left) > expiryMs(right) ? -1 : 1;
}

function expiryMs(secret: EndpointSecret): number {
  return secret.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function toLiveKey(stored: EndpointSecret): LiveKey {
  const parsed = parseSigningSecret(stored.key);
  if (!parsed.ok) throw signingError('SIGNING_SECRET_INVALID', parsed.problem);
  if (parsed.secret.scheme !== stored.scheme) {
    const problem = `The secret is stored as ${stored.scheme} but is one of ${parsed.secret.scheme}.`;
    throw signingError('SIGNING_SECRET_INVALID', problem);
  }
  return { expiresAtMs: expiryMs(stored), sign: stored.scheme === 'v1' ? hmac(parsed.secret) : ed25519(parsed.secret) };
}

function hmac(secret: SigningSecret): LiveKey['sign'] {
  const key = createSecretKey(secret.bytes);
  return (fields, body) => `v1,${createHmac('sha256', key).update(signedPrefix(fields)).update(body).digest('base64')}`;
}

function ed25519(secret: SigningSecret): LiveKey['sign'] {
  const key = toPrivateKey(secret.bytes);
  return (fields, body) => `v1a,${signBytes(null, signedContent(fields, body), key).toString('base64')}`;
}
