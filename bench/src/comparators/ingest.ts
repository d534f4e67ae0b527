import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Job, JobQueue } from './job.ts';

interface Endpoint {
  readonly url: string;
  readonly secret: string;
}

/**
 * The part of the contract that publishing needs, on plain node:http and with endpoints in memory: cheaper than what a
 * team would build, so that the comparison is about the queue.
 */
export async function startIngest(queue: JobQueue, token: string): Promise<{ server: Server; port: number }> {
  const applications = new Map<string, Endpoint[]>();
  const server = createServer((request, response) => {
    const reply = (status: number, body: unknown): void => {
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    };
    if (request.headers.authorization !== `Bearer ${token}`) {
      reply(401, { code: 'unauthorized' });
      return;
    }
    void answer(request, applications, queue).then(
      ({ status, body }) => reply(status, body),
      (error: unknown) => reply(500, { code: 'internal', detail: String(error) }),
    );
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The ingest has no port.');
  return { server, port: address.port };
}

async function answer(
  request: IncomingMessage,
  applications: Map<string, Endpoint[]>,
  queue: JobQueue,
): Promise<{ status: number; body: unknown }> {
  const body = await readJson(request);
  const [, , , , applicationId = '', resource] = (request.url ?? '').split('/');
  if (applicationId === '') {
    const id = `app_${randomUUID()}`;
    applications.set(id, []);
    return { status: 201, body: { id } };
  }
  const endpoints = applications.get(applicationId);
  if (endpoints === undefined) return { status: 404, body: { code: 'not_found' } };
  if (resource === 'endpoint') {
    endpoints.push({ url: String(body['url']), secret: `whsec_${randomBytes(24).toString('base64')}` });
    return { status: 201, body: { id: `ep_${randomUUID()}` } };
  }
  const id = `msg_${randomUUID()}`;
  const text = JSON.stringify(body['payload']);
  await queue.enqueue(endpoints.map((endpoint): Job => ({ id, ...endpoint, body: text })));
  return { status: 202, body: { id, eventType: body['eventType'], timestamp: new Date().toISOString() } };
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, unknown>>;
}
