import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who makes a request, as far as its key tells. */
export interface Principal {
  readonly keyId: string;
  /** Everything that the request reads or writes belongs to this environment. */
  readonly environmentId: string;
  readonly scopes: readonly string[];
  /** Of a portal token: the one application that it sees. */
  readonly applicationId?: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on routes that are not public. */
    principal?: Principal;
  }
}

/** The environment of the request's key, for a handler's parameter. */
export const EnvironmentId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (principal === undefined) throw new Error('A public route has no environment: declare a scope on it.');
  return principal.environmentId;
});

/** Whom the request's key belongs to, for a handler's parameter. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (principal === undefined) throw new Error('A public route has no principal: declare a scope on it.');
  return principal;
});
