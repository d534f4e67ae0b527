import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { badRequest } from '../http/api-error.js';

/** The request's `Idempotency-Key`; `undefined` without one. 400 when it is malformed. */
export function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[!-~]{1,255}$/.test(header)) return header;
  throw badRequest('invalid_idempotency_key', 'Expected 1 to 255 visible ASCII characters as idempotency-key.');
}

/** The request's `Idempotency-Key`, for a handler's parameter. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  readIdempotencyKey(context.switchToHttp().getRequest<FastifyRequest>()),
);
