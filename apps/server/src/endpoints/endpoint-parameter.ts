import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The path of an endpoint: whose, of which application, which one. */
export interface EndpointPath {
  readonly environmentId: string;
  readonly application: string;
  readonly endpoint: string;
}

/** The endpoint that the path names, within the environment of the request's key. */
export const EndpointParameter = createParamDecorator((_: unknown, context: ExecutionContext): EndpointPath => {
  const { principal, params } = context
    .switchToHttp()
    .getRequest<FastifyRequest<{ Params: { app_id: string; endpoint_id: string } }>>();
  if (principal === undefined) throw new Error('A public route has no environment: declare a scope on it.');
  return { environmentId: principal.environmentId, application: params.app_id, endpoint: params.endpoint_id };
});
