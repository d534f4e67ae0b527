import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, unauthenticated } from '../http/api-error.js';
import { traitsOf } from '../requests/request-traits.js';
import { ApiLimiter } from './api-limiter.js';
import { FailedAuthLimiter } from './failed-auth-limiter.js';
import { KeyVerifier } from './key-verifier.js';
import { PortalAccess } from './portal-access.js';
import type { Principal } from './principal.js';
import { accessOf, type RouteAccess } from './route-access.js';
import { grants } from './scopes.js';

/**
 * Stands before every route, as the one guard of the application: a guard sees the route that will run, where
 * middleware would have to guess it from the path.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  @Inject(Reflector) private readonly reflector!: Reflector;
  @Inject(KeyVerifier) private readonly verifier!: KeyVerifier;
  @Inject(FailedAuthLimiter) private readonly failures!: FailedAuthLimiter;
  @Inject(ApiLimiter) private readonly limiter!: ApiLimiter;
  @Inject(PortalAccess) private readonly portal!: PortalAccess;
  readonly #accessByHandler = new Map<unknown, RouteAccess | undefined>();

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.#accessOf(context);
    if (access?.kind === 'public') return true;
    if (access === undefined) throw new Error('A route without a declared scope was reached.');

    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const principal = await this.#authenticate(request);
    if (!traitsOf(this.reflector, context).notPaced) this.#pace(principal, http.getResponse<FastifyReply>());
    if (principal.applicationId !== undefined) await this.portal.check({ principal, access, request });
    else if (access.kind === 'portal') throw forbidden('This route is for portal tokens.');
    if (access.kind === 'scope' && !grants(principal.scopes, access.scope)) {
      throw forbidden(`The key lacks the scope ${access.scope}.`);
    }
    request.principal = principal;
    return true;
  }

  async #authenticate(request: FastifyRequest): Promise<Principal> {
    const token = readBearer(request.headers.authorization);
    const onlyFamiliar = this.failures.isExhausted(request.ip);
    const principal = await this.verifier.verify(token, { onlyFamiliar });
    if (principal !== undefined) return principal;
    const waitMs = this.failures.note(request.ip);
    if (waitMs > 0) throw tooMany('Too many wrong keys came from this address.', Math.ceil(waitMs / 1_000));
    throw unauthenticated('The key is not valid: it is malformed, unknown, revoked or expired.');
  }

  #pace({ keyId }: Principal, reply: FastifyReply): void {
    const answer = this.limiter.take(keyId);
    if (answer === undefined) return;
    reply.headers(answer.headers);
    if (answer.retryAfterSeconds !== undefined) {
      throw tooMany('The key has made more requests than it may.', answer.retryAfterSeconds);
    }
  }

  #accessOf(context: ExecutionContext): RouteAccess | undefined {
    const handler = context.getHandler();
    if (!this.#accessByHandler.has(handler)) {
      this.#accessByHandler.set(handler, accessOf(this.reflector, [handler, context.getClass()]));
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

function forbidden(detail: string): ApiError {
  return new ApiError({ status: 403, code: 'forbidden', detail });
}

function tooMany(detail: string, retryAfterSeconds: number): ApiError {
  return new ApiError({
    status: 429,
    code: 'rate_limited',
    detail: `${detail} Wait ${retryAfterSeconds} s.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
}
