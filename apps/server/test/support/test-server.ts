import { silentLogger, systemRandom, type Logger, type PluginEntry } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { loadConfig } from '../../src/config/load-config.js';
import type { HttpTimeouts } from '../../src/http/http-adapter.js';
import { createServer, type PostriderServer } from '../../src/server.js';
import { createWatchedStorage, type WatchedStorage } from './memory-plugin.js';

/** A seeded key of the default environment with all scopes. */
export const rootKey = 'root-key-0123456789-0123456789-abcdefghij';

export interface TestRequest {
  readonly method?: string;
  /** Below `/api/v1`, unless it begins with `//`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** `undefined` sends no key. */
  readonly key?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: LightMyRequestResponse['headers'];
  readonly text: string;
  /** The parsed body; `undefined` without one. */
  readonly body: Record<string, unknown>;
}

export interface TestServer {
  readonly server: PostriderServer;
  readonly fastify: FastifyInstance;
  readonly watched: WatchedStorage;
  readonly clock: FakeClock;
  readonly announced: readonly string[];
  call(request: TestRequest): Promise<Answer>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly logger?: Logger;
  readonly watched?: WatchedStorage;
  readonly timeouts?: HttpTimeouts;
  /** The storage to work on; the watched one when absent. */
  readonly entry?: PluginEntry;
  /** Beside the storage. */
  readonly plugins?: readonly PluginEntry[];
}

/** The fake clock stands still, so any limit would be reached at some time. */
const unlimited = { POSTRIDER_API_RATE_PER_SECOND: '0', POSTRIDER_AUTH_FAILURES_PER_MINUTE: '0' };

/** The real server on the memory storage and a fake clock, without a socket. It accepts, and delivers nothing. */
export async function startTestServer({
  environment = { POSTRIDER_API_KEY: rootKey },
  logger = silentLogger,
  watched = createWatchedStorage(),
  timeouts,
  entry = watched.entry,
  plugins = [],
}: TestServerOptions = {}): Promise<TestServer> {
  const clock = new FakeClock();
  const announced: string[] = [];
  const server = await createServer({
    config: loadConfig({ ...unlimited, POSTRIDER_ROLE: 'api', ...environment }),
    clock,
    random: systemRandom,
    logger,
    announceKey: (key) => announced.push(key),
    plugins: [entry, ...plugins],
    timeouts,
  });
  await server.app.init();
  const fastify = server.app.getHttpAdapter().getInstance();
  await fastify.ready();
  return {
    server,
    fastify,
    watched,
    clock,
    announced,
    call: (request) => call(fastify, { key: rootKey, ...request }),
    close: () => server.close(),
  };
}

async function call(fastify: FastifyInstance, request: TestRequest): Promise<Answer> {
  const { path, body, key, headers = {} } = request;
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  const response = await fastify.inject({
    method: (request.method ?? (body === undefined ? 'GET' : 'POST')) as 'GET',
    url: path.startsWith('//') ? path.slice(1) : `/api/v1${path}`,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: isText ? body : JSON.stringify(body) }),
  });
  const isJson = response.headers['content-type']?.toString().startsWith('application/json') === true;
  const parsed: unknown = isJson && response.payload !== '' ? JSON.parse(response.payload) : undefined;
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.payload,
    body: (parsed ?? {}) as Record<string, unknown>,
  };
}
