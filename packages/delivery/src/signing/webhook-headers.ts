import type { Signer, SignParams } from './signer.js';

export interface WebhookHeadersParams extends SignParams {
  readonly signer: Signer;
  /** Adds `svix-id`, `svix-timestamp` and `svix-signature` with the same values, for receivers that expect those. */
  readonly svixAliases?: boolean | undefined;
}

/** The Standard Webhooks headers of one attempt, lower-case. The timestamp is that of `sentAt` in Unix seconds. */
export function createWebhookHeaders(params: WebhookHeadersParams): Record<string, string> {
  const id = params.messageId;
  const timestamp = String(Math.floor(params.sentAt.getTime() / 1000));
  const signature = params.signer.sign(params);
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return params.svixAliases === true
    ? { ...headers, 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature }
    : headers;
}
