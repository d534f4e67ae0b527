import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly path: string;
  readonly webhookId: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came over the wire. */
  readonly bytes: Buffer;
  readonly status: number;
}

/** What a receiver answers; `delayMs` keeps the sender waiting first. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly delayMs?: number;
}

export interface Receiver {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Decides the answer of every later request. */
  answerWith(decide: (request: { path: string; webhookId: string }) => Answer): void;
  /** Resolves as soon as `isEnough` holds; rejects when it does not within `timeoutMs`. */
  waitFor(isEnough: (requests: readonly ReceivedRequest[]) => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of the loopback interface that keeps what it receives. */
export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const watchers = new Set<() => void>();
  let decide: (request: { path: string; webhookId: string }) => Answer = () => ({ status: 200 });

  const server = createServer((request, response) => {
    void readBody(request).then((bytes) => {
      const path = request.url ?? '';
      const webhookId = String(request.headers['webhook-id']);
      const answer = decide({ path, webhookId });
      const body = bytes.toString('utf8');
      requests.push({ path, webhookId, headers: request.headers, body, bytes, status: answer.status });
      setTimeout(() => response.writeHead(answer.status, answer.headers).end(), answer.delayMs ?? 0);
      for (const watcher of watchers) watcher();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answerWith: (next) => void (decide = next),
    waitFor: (isEnough, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer);
          watchers.delete(check);
        };
        const check = () => {
          if (!isEnough(requests)) return;
          finish();
          resolve();
        };
        const timer = setTimeout(() => {
          finish();
          reject(new Error(`Not received within ${timeoutMs} ms; ${requests.length} requests so far.`));
        }, timeoutMs);
        watchers.add(check);
        check();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
