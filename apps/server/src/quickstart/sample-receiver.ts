import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { systemClock } from '@postrider/core';
import { checkUrl, verifyWebhook, type EgressPolicy } from '@postrider/delivery';

/** A webhook that arrived, and whether its signature is right. */
export interface ReceivedWebhook {
  readonly messageId: string;
  readonly body: string;
  readonly verified: boolean;
}

/** The other side of the sample: what a customer's own endpoint would do. */
export interface SampleReceiver {
  readonly url: string;
  /** Told of every webhook, after it was verified and before it is answered. */
  onWebhook(listener: (webhook: ReceivedWebhook) => void): void;
  close(): Promise<void>;
}

const maxBodyBytes = 2 * 1024 * 1024;

export interface SampleReceiverParams {
  /** Gives the endpoint's signing secret. */
  readonly readSecret: () => Promise<string>;
  /** The policy of the server that will send: a few ports are closed for everybody. */
  readonly policy: EgressPolicy;
}

/** Listens on a free port of this machine that webhooks may be sent to. */
export async function startSampleReceiver({ readSecret, policy }: SampleReceiverParams): Promise<SampleReceiver> {
  const listeners: ((webhook: ReceivedWebhook) => void)[] = [];
  const server = createServer((request, response) => {
    receive(request, readSecret).then(
      (webhook) => {
        for (const listener of listeners) listener(webhook);
        response.writeHead(webhook.verified ? 204 : 401).end();
      },
      () => response.writeHead(400).end(),
    );
  });
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  let url = await listen(server);
  while (!checkUrl(url, policy).ok) {
    await close();
    url = await listen(server);
  }
  return { url, onWebhook: (listener) => void listeners.push(listener), close };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample receiver has no port.');
  return `http://127.0.0.1:${address.port}/webhooks`;
}

async function receive(request: IncomingMessage, readSecret: () => Promise<string>): Promise<ReceivedWebhook> {
  const body = await readBody(request);
  const key = await readSecret();
  const result = verifyWebhook({ headers: request.headers, body, key, now: systemClock.now() });
  return { messageId: String(request.headers['webhook-id'] ?? ''), body, verified: result.verified };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error('The webhook is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
