import { STATUS_CODES } from 'node:http';
import { HttpException, NotFoundException } from '@nestjs/common';
import { isPostriderError } from '@postrider/core';
import { ApiError } from './api-error.js';

/** An answer to a request that failed: RFC 9457 members on top of the `{ code, detail }` that SDKs read. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: ApiError['detail'];
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
}

/** What the router knows about a path that no route took. */
export interface RouteHints {
  /** Methods that the path has routes for; empty when it has none. */
  readonly allowedMethods: readonly string[];
}

const unavailable = (code: string, detail: string, headers: Record<string, string>) =>
  new ApiError({ status: 503, code, detail, headers });

const storageCodes = new Set(['STORAGE_UNAVAILABLE', 'STORAGE_FULL', 'STORAGE_CONFLICT']);
const stoppingCodes = new Set(['STORAGE_CLOSED', 'DELIVERY_STOPPED', 'PORT_STOPPED', 'PORT_NOT_STARTED']);

/** By Fastify's own error codes: what the HTTP layer refuses before a route sees it. */
const transportErrors: Readonly<Record<string, Omit<ConstructorParameters<typeof ApiError>[0], 'headers'>>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'payload_too_large', detail: 'The request body is too large.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    detail: 'The body must be JSON in UTF-8: send "content-type: application/json".',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'bad_request',
    detail: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'bad_request', detail: 'The path is not correctly percent-encoded.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 404, code: 'not_found', detail: 'There is no such resource.' },
};

/** Turns whatever was thrown into the answer to give. Only an `ApiError` decides its own words. */
export function toApiError(thrown: unknown, { allowedMethods }: RouteHints): ApiError {
  // Nest wraps what Fastify threw.
  const error = thrown instanceof HttpException && thrown.cause !== undefined ? thrown.cause : thrown;
  if (error instanceof ApiError) return error;
  if (isPostriderError(error)) return fromPostriderError(error.code);
  // The router's own "not found"; ours are ApiErrors.
  if (error instanceof NotFoundException) return fromRouter(allowedMethods);
  const transport = transportErrors[codeOf(error) ?? ''];
  if (transport !== undefined) return new ApiError(transport);
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status !== undefined && status >= 400 && status < 500) {
    return new ApiError({ status, code: 'bad_request', detail: `${STATUS_CODES[status] ?? 'Bad request'}.` });
  }
  return new ApiError({ status: 500, code: 'internal', detail: 'Something failed on our side; the log names it.' });
}

function fromPostriderError(code: string): ApiError {
  if (storageCodes.has(code)) {
    return unavailable('storage_unavailable', storageDetail(code), { 'retry-after': '2' });
  }
  if (code === 'DELIVERY_OVERLOADED') {
    return unavailable('overloaded', 'Too many messages wait to be stored. Nothing was stored; try again.', {
      'retry-after': '1',
    });
  }
  if (code === 'CACHE_UNAVAILABLE') {
    return unavailable(
      'cache_unavailable',
      'The shared cache did not answer. This process uses nothing of what was to be forgotten; others may for up to 2 s. Try again.',
      { 'retry-after': '2' },
    );
  }
  if (stoppingCodes.has(code)) {
    return unavailable('shutting_down', 'This server is starting or stopping; try again.', {
      'retry-after': '1',
      connection: 'close',
    });
  }
  return new ApiError({ status: 500, code: 'internal', detail: 'Something failed on our side; the log names it.' });
}

/** A store that went away may have stored what it was told without saying so: only the other two refused it. */
function storageDetail(code: string): string {
  return code === 'STORAGE_UNAVAILABLE'
    ? 'The store did not answer, so a change may have been made or not. Try again, with the idempotency-key if there was one.'
    : 'The store could not take this. Nothing was changed; try again.';
}

function fromRouter(allowedMethods: readonly string[]): ApiError {
  if (allowedMethods.length === 0) {
    return new ApiError({ status: 404, code: 'not_found', detail: 'There is no such route.' });
  }
  const allow = allowedMethods.join(', ');
  return new ApiError({
    status: 405,
    code: 'method_not_allowed',
    detail: `This path allows ${allow}.`,
    headers: { allow },
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

/** The body of the answer. `path` must not carry a query: it may hold what nobody should log. */
export function toProblemBody(error: ApiError, request: { readonly path: string; readonly id: string }): ProblemBody {
  return {
    type: `urn:postrider:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.detail,
    instance: request.path,
    code: error.code,
    requestId: request.id,
  };
}
