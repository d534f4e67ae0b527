import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ApiError, unauthenticated } from '../http/api-error.js';
import { KeyVerifier } from './key-verifier.js';
import { accessOf, type RouteAccess } from './route-access.js';
import { grants } from './scopes.js';

/**
 * Stands before every route, as the one guard of the application: a guard sees the route that will run, where
 * middleware would have to guess it from the path.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #verifier: KeyVerifier;
  readonly #accessByHandler = new Map<unknown, RouteAccess | undefined>();

  constructor(@Inject(Reflector) reflector: Reflector, @Inject(KeyVerifier) verifier: KeyVerifier) {
    this.#reflector = reflector;
    this.#verifier = verifier;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.#accessOf(context);
    if (access?.kind === 'public') return true;
    if (access === undefined) throw new Error('A route without a declared scope was reached.');

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = readBearer(request.headers.authorization);
    const principal = await this.#verifier.verify(token);
    if (principal === undefined) {
      throw unauthenticated('The key is not valid: it is malformed, unknown, revoked or expired.');
    }
    if (!grants(principal.scopes, access.scope)) {
      throw new ApiError({ status: 403, code: 'forbidden', detail: `The key lacks the scope ${access.scope}.` });
    }
    request.principal = principal;
    return true;
  }

  #accessOf(context: ExecutionContext): RouteAccess | undefined {
    const handler = context.getHandler();
    if (!this.#accessByHandler.has(handler)) {
      this.#accessByHandler.set(handler, accessOf(this.#reflector, [handler, context.getClass()]));
    }
    return this.#accessByHandler.get(handler);
  }
}

function readBearer(header: string | undefined): string {
  if (header === undefined) throw unauthenticated('Send a key: "authorization: Bearer <key>".');
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('The authorization header must be "Bearer <key>".');
  return token;
}
