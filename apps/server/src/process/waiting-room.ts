import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerConfig } from '../config/server-config.js';

/** Routes that are about the process and not about what it depends on. */
const alive = new Set(['/api/v1/health/live', '/api/v1/health/ping']);
const retryAfterSeconds = 5;

/** Answers in the place of the server while that cannot start yet. */
export interface WaitingRoom {
  close(): Promise<void>;
}

/**
 * Listens where the server will: the process lives (204), everything else has to wait (503 with `retry-after`). Rejects
 * when the address is taken.
 */
export async function openWaitingRoom({ http }: Pick<ServerConfig, 'http'>): Promise<WaitingRoom> {
  const server = createServer((request, response) => {
    request.resume();
    const [path = ''] = (request.url ?? '').split('?');
    // The server comes to this address soon, and must not find a connection of ours.
    response.setHeader('connection', 'close');
    if (alive.has(path)) return response.writeHead(204).end();
    const body = JSON.stringify({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'The server waits for its database.',
      instance: path,
      code: 'storage_unavailable',
    });
    return response
      .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': String(retryAfterSeconds) })
      .end(body);
  });
  server.listen(http.port, http.host);
  await once(server, 'listening');
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
