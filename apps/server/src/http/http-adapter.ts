import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { ApiError, badRequest } from './api-error.js';
import { answerClientError } from './client-error.js';
import { toApiError, toProblemBody } from './problem.js';
import { pathOf } from './request-path.js';
import type { RouteTable } from './route-table.js';
import type { ServerPhase } from './server-phase.js';

/** Bodies of everything but a publish. */
const defaultBodyLimitBytes = 64 * 1024;

const maxHeaderSizeBytes = 16 * 1024;
/** Ids, names and uids have at most 256 characters; what is longer cannot exist. */
const maxPathParameterLength = 512;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Largest request body of the route, in bytes; 64 KiB when absent. */
    bodyLimitBytes?: number;
  }
}

/** How long a client may take. */
export interface HttpTimeouts {
  readonly headersMs: number;
  /** Headers and body together. */
  readonly requestMs: number;
  /** How often connections are looked at; Node's own default of 30 s would double the other two. */
  readonly checkEveryMs: number;
}

const defaultTimeouts: HttpTimeouts = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 1_000 };

export interface HttpAdapterParams {
  readonly routes: RouteTable;
  readonly phase: ServerPhase;
  /** Address ranges whose `x-forwarded-for` is believed; nobody's by default. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Default: 10 s for the headers, 30 s for all of the request. */
  readonly timeouts?: HttpTimeouts | undefined;
}

/** Fastify with the limits of this API, and with every answer that it gives by itself as JSON. */
export function createHttpAdapter(params: HttpAdapterParams): FastifyAdapter {
  const { routes, phase, trustedProxies = [], timeouts = defaultTimeouts } = params;
  const adapter = new FastifyAdapter({
    // Nothing here is Nest middleware: it runs only where a guard is the safer choice.
    skipMiddie: true,
    multipart: false,
    bodyLimit: defaultBodyLimitBytes,
    requestTimeout: timeouts.requestMs,
    // Refused requests are answered by our own hook, in our own words.
    return503OnClosing: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => acceptableId(request.headers['x-request-id']) ?? randomUUID(),
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerClientError,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxPathParameterLength },
    http: {
      maxHeaderSize: maxHeaderSizeBytes,
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.checkEveryMs,
      // Checked below, because Node's own refusal has no body.
      requireHostHeader: false,
    },
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    routes.add(route.method, route.url);
    const limit = route.config?.bodyLimitBytes;
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', checkRequest(phase));
  fastify.removeAllContentTypeParsers();
  // Kept as bytes: they are read only once the key of the request was checked.
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset === undefined || /^utf-?8$/i.test(charset)) return done(null, body);
    done(unsupported('unsupported_media_type', `The body must be UTF-8, not ${charset.slice(0, 32)}.`));
  });
  return adapter;
}

/** A caller may name its request, so that both logs can be laid side by side. */
function acceptableId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(given) ? given : undefined;
}

function unsupported(code: string, detail: string): ApiError {
  return new ApiError({ status: 415, code, detail });
}

/** Looks at what no route needs to know about. Runs for every request, also for those without a route. */
function checkRequest(phase: ServerPhase): onRequestHookHandler {
  return (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // Clients that keep their connection would meet its end in the middle of a later request.
    if (phase.current === 'draining') reply.header('connection', 'close');
    done(findFault(request, phase));
  };
}

function findFault(request: FastifyRequest, phase: ServerPhase): ApiError | undefined {
  if (phase.current === 'closing') {
    return new ApiError({
      status: 503,
      code: 'shutting_down',
      detail: 'This server is stopping; try another one, or again.',
      headers: { 'retry-after': '1', connection: 'close' },
    });
  }
  const { headers } = request;
  const repeated = findRepeated(request.raw.rawHeaders);
  if (repeated !== undefined) return badRequest('bad_request', `The header ${repeated} may be sent only once.`);
  if (headers.host === undefined && request.raw.httpVersion === '1.1') {
    return badRequest('bad_request', 'The header host is missing.');
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return unsupported(
      'unsupported_encoding',
      'Compressed bodies are not supported: send it without content-encoding.',
    );
  }
  if (!acceptsJson(headers.accept)) {
    return new ApiError({ status: 406, code: 'not_acceptable', detail: 'Answers are JSON: accept application/json.' });
  }
  return undefined;
}

/** Node keeps one of two such headers; which one a proxy in front kept is anybody's guess. */
function findRepeated(rawHeaders: readonly string[]): string | undefined {
  let hosts = 0;
  let authorizations = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const { length } = rawHeaders[index] as string;
    if (length === 4 && (rawHeaders[index] as string).toLowerCase() === 'host') hosts += 1;
    else if (length === 13 && (rawHeaders[index] as string).toLowerCase() === 'authorization') authorizations += 1;
  }
  if (hosts > 1) return 'host';
  return authorizations > 1 ? 'authorization' : undefined;
}

function acceptsJson(accept: string | undefined): boolean {
  return (
    accept === undefined ||
    accept === '' ||
    /(^|[\s,;])(\*\/\*|application\/(\*|json|problem\+json|x-ndjson)|text\/event-stream)/i.test(accept)
  );
}

/** Answers what the router itself refuses, before any hook ran. */
function answerUnrouted(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toApiError(error, { allowedMethods: [] });
  void reply
    .code(problem.status)
    .headers({ ...problem.headers, 'x-request-id': request.id, 'content-type': 'application/json; charset=utf-8' })
    .send(JSON.stringify(toProblemBody(problem, { path: pathOf(request.raw.url), id: request.id })));
}
