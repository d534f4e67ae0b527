import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { coreError, type Logger } from '@postrider/core';
import type { Registry } from 'prom-client';

export interface MetricsServerOptions {
  readonly registry: Registry;
  readonly logger: Logger;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the metrics are; everything else is 404. */
  readonly path: string;
}

/** A small HTTP server with one page, apart from the API: it needs no key, so it belongs on an internal address. */
export class MetricsServer {
  readonly #options: MetricsServerOptions;
  #server: Server | undefined;

  constructor(options: MetricsServerOptions) {
    this.#options = options;
  }

  /** Where it listens; `undefined` before `start` and after `stop`. */
  get address(): AddressInfo | undefined {
    const address = this.#server?.address();
    return typeof address === 'object' && address !== null ? address : undefined;
  }

  /** Rejects with `CONFIG_INVALID` when it cannot listen there. */
  async start(): Promise<void> {
    const { host, port, path, logger } = this.#options;
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    server.listen({ host, port });
    try {
      await once(server, 'listening');
    } catch (cause) {
      const message = `Metrics cannot be served on ${host}:${String(port)}: ${cause instanceof Error ? cause.message : String(cause)}. Choose another port, or stop what listens there.`;
      throw coreError('CONFIG_INVALID', message, { cause });
    }
    logger.info('Serving metrics', { host, port: this.address?.port, path });
  }

  /** Safe to call twice, and without `start`. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.listening !== true) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { registry, path, logger } = this.#options;
    const isOurs = request.url?.split('?')[0] === path;
    if (!isOurs || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(isOurs ? 405 : 404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    } catch (error) {
      logger.error('The metrics could not be written', { error });
      response.writeHead(500).end();
    }
  }
}
