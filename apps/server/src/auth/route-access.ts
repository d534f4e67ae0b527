import { SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Scope } from './scopes.js';

/** What a route asks of its caller: nothing, a key or token with a scope, or any portal token. */
export type RouteAccess =
  | { readonly kind: 'public' }
  | {
      readonly kind: 'scope';
      readonly scope: Scope;
      /** Portal tokens may come although the route is not one of their application. */
      readonly portal?: boolean | undefined;
    }
  | { readonly kind: 'portal' };

const accessKey = 'postrider:access';

/** The only way around the key: for health checks and documentation, which tell nothing about anybody's data. */
export const Public = () => SetMetadata(accessKey, { kind: 'public' } satisfies RouteAccess);

/**
 * The scope that a key must hold to use the route. A portal token that holds it may use the route when its path has the
 * `app_id` of the token, or with `portal`: for what every customer may read.
 */
export const RequireScope = (scope: Scope, { portal }: { readonly portal?: boolean } = {}) =>
  SetMetadata(accessKey, { kind: 'scope', scope, portal } satisfies RouteAccess);

/** For what portal tokens do with themselves. */
export const PortalOnly = () => SetMetadata(accessKey, { kind: 'portal' } satisfies RouteAccess);

/** What was declared on the handler, else on its controller; `undefined` refuses everybody. */
export function accessOf(
  reflector: Reflector,
  targets: Parameters<Reflector['getAllAndOverride']>[1],
): RouteAccess | undefined {
  return reflector.getAllAndOverride<RouteAccess | undefined>(accessKey, targets);
}
