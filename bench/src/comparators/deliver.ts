import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { Job } from './job.ts';

const timeoutMs = 20_000;
const dispatcher = new Agent({ connections: 128 });
/** Decoding a secret once is what anybody would do who sends many webhooks. */
const signers = new Map<string, Webhook>();

/** Signs a webhook by the Standard Webhooks library and sends it; throws unless the answer is a 2xx. */
export async function deliver({ id, url, secret, body }: Job): Promise<void> {
  const signer = signers.get(secret) ?? new Webhook(secret);
  signers.set(secret, signer);
  const now = new Date();
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    body,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': signer.sign(id, now, body),
    },
  });
  await answer.body.dump();
  if (answer.statusCode < 200 || answer.statusCode >= 300) throw new Error(`The receiver said ${answer.statusCode}.`);
}
