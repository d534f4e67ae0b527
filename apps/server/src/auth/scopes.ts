/** What a key may do. A route names the one it needs. */
export const scopes = [
  'applications:read',
  'applications:write',
  'endpoints:read',
  'endpoints:write',
  'endpoints:secret:read',
  'event-types:read',
  'event-types:write',
  'messages:read',
  'messages:write',
  'deliveries:replay',
  'stats:read',
  'audit:read',
  'portal:admin',
  'keys:admin',
  'tenants:admin',
] as const;

export type Scope = (typeof scopes)[number];

/** Held by a key that may do everything within its environment, also what later versions add. */
export const allScopes = '*';

/** Reaches beyond the key's own environment, so `*` does not include it: only the operator's keys hold it. */
export const instanceScope = 'tenants:admin' satisfies Scope;

/** Whether a key with these scopes may use a route that needs `needed`. */
export function grants(held: readonly string[], needed: Scope): boolean {
  return held.includes(needed) || (needed !== instanceScope && held.includes(allScopes));
}
