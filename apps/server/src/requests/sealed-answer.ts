import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Random } from '@postrider/core';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Closes an answer with what only its receiver has: the credential and the idempotency key that it sent. Whoever reads
 * the store cannot open it.
 */
export function sealAnswer(params: {
  readonly text: string;
  readonly password: string;
  readonly random: Random;
}): string {
  const nonce = params.random.bytes(nonceBytes);
  const cipher = createCipheriv(algorithm, toKey(params.password), nonce, { authTagLength: tagBytes });
  return Buffer.concat([nonce, cipher.update(params.text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
}

/** The answer; `undefined` when it was closed with another password. */
export function openAnswer(params: { readonly sealed: string; readonly password: string }): string | undefined {
  const bytes = Buffer.from(params.sealed, 'base64');
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, toKey(params.password), nonce, { authTagLength: tagBytes });
  try {
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

function toKey(password: string): Buffer {
  return createHash('sha256').update('postrider:sealed-answer\n').update(password).digest();
}
