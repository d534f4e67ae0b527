import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '@postrider/test-support';

/** How the receiver of an endpoint behaves while the storm lasts; afterwards all but `dead` and `gone` are good. */
export type Manners = 'good' | 'slow' | 'flapping' | 'silent' | 'dripping' | 'throttling' | 'gone' | 'dead';

/** One request as its receiver logged it. */
export interface SeenRequest {
  readonly endpointKey: string;
  readonly webhookId: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bodyHash: string;
  /** 0 when it was never answered. */
  readonly status: number;
  readonly atMs: number;
}

export interface Receivers {
  readonly seen: readonly SeenRequest[];
  urlOf(endpointKey: string): string;
  /** From now on every receiver that can be good is. */
  calm(): void;
  close(): Promise<void>;
}

/** All receivers of a run on one HTTP server; the path says which. `dead` ones have a port where nobody listens. */
export async function startReceivers(manners: ReadonlyMap<string, Manners>): Promise<Receivers> {
  const seen: SeenRequest[] = [];
  let calm = false;
  const server = createServer((request, response) => {
    void readBody(request).then(
      (body) => {
        const endpointKey = (request.url ?? '').slice(1);
        const own = manners.get(endpointKey) ?? 'good';
        const status = behave({ manners: calm && own !== 'gone' ? 'good' : own, count: seen.length, response });
        seen.push({
          endpointKey,
          webhookId: String(request.headers['webhook-id']),
          headers: request.headers,
          body,
          bodyHash: hashOf(body),
          status,
          atMs: Date.now(),
        });
      },
      () => undefined, // the sender died while it sent: that was no request
    );
  });
  server.keepAliveTimeout = 30_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closedPort = await findFreePort();
  return {
    seen,
    urlOf: (key) => `http://127.0.0.1:${String(manners.get(key) === 'dead' ? closedPort : port)}/${key}`,
    calm: () => void (calm = true),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Answers, or does not; returns the status that it sent. */
function behave(params: { manners: Manners; count: number; response: ServerResponse }): number {
  const { manners, count, response } = params;
  const end = (status: number, headers = {}): number => {
    response.writeHead(status, headers).end();
    return status;
  };
  switch (manners) {
    case 'good':
    case 'dead':
      return end(204);
    case 'slow':
      setTimeout(() => end(200), 700);
      return 200;
    case 'flapping':
      return end(Math.floor(count / 40) % 2 === 0 ? 503 : 200);
    case 'throttling':
      return count % 3 === 0 ? end(429, { 'retry-after': '1' }) : end(200);
    case 'gone':
      return end(410);
    case 'dripping': {
      // The status arrives and the body never ends: that is a success, and must not hold a slot past the deadline.
      response.writeHead(200, { 'content-type': 'text/plain' });
      const drip = setInterval(() => response.write('.'), 50);
      response.once('close', () => clearInterval(drip));
      return 200;
    }
    case 'silent':
      return 0;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!request.complete) throw new Error('The request was cut off.');
  return Buffer.concat(chunks).toString('utf8');
}
