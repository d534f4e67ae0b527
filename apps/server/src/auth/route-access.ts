import { SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Scope } from './scopes.js';

/** What a route asks of its caller: nothing, or a key with a scope. */
export type RouteAccess = { readonly kind: 'public' } | { readonly kind: 'scope'; readonly scope: Scope };

const accessKey = 'postrider:access';

/** The only way around the key: for health checks and documentation, which tell nothing about anybody's data. */
export const Public = () => SetMetadata(accessKey, { kind: 'public' } satisfies RouteAccess);

/** The scope that a key must hold to use the route. */
export const RequireScope = (scope: Scope) => SetMetadata(accessKey, { kind: 'scope', scope } satisfies RouteAccess);

/** What was declared on the handler, else on its controller; `undefined` refuses everybody. */
export function accessOf(
  reflector: Reflector,
  targets: Parameters<Reflector['getAllAndOverride']>[1],
): RouteAccess | undefined {
  return reflector.getAllAndOverride<RouteAccess | undefined>(accessKey, targets);
}
