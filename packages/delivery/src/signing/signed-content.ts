/** Raw bytes of a body, or text that stands for its UTF-8 encoding. Bytes signed must be the bytes sent. */
export type WebhookBody = string | Uint8Array;

/** What the signature covers besides the body. */
export interface SignedFields {
  readonly messageId: string;
  /** Unix seconds. */
  readonly timestampSeconds: number;
}

/** `id.timestamp.`, to be followed by the raw body: the content that Standard Webhooks signs. */
export function signedPrefix(fields: SignedFields): string {
  return `${fields.messageId}.${fields.timestampSeconds}.`;
}

/** Prefix and body as one run of bytes, for algorithms that cannot be fed in parts. */
export function signedContent(fields: SignedFields, body: WebhookBody): Buffer {
  const prefix = signedPrefix(fields);
  return typeof body === 'string' ? Buffer.from(prefix + body) : Buffer.concat([Buffer.from(prefix), body]);
}
