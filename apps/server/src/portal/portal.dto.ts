import { z } from 'zod';
import { applicationIn } from '../applications/application.dto.js';
import type { Scope } from '../auth/scopes.js';
import { text } from '../http/schemas/fields.js';

const weekSeconds = 7 * 86_400;
const readScopes: readonly Scope[] = [
  'applications:read',
  'endpoints:read',
  'event-types:read',
  'messages:read',
  'stats:read',
];
/** What a token may do unless it was made for less. */
export const allPortalScopes: readonly Scope[] = [
  ...readScopes,
  'endpoints:write',
  'endpoints:secret:read',
  'deliveries:replay',
];

/** What the capabilities of the contract mean here. Transformations do not exist here. */
const scopesByCapability = {
  ViewBase: readScopes,
  ViewEndpointSecret: ['endpoints:secret:read'],
  ManageEndpointSecret: ['endpoints:secret:read', 'endpoints:write'],
  ManageTransformations: [],
  CreateAttempts: ['deliveries:replay'],
  ManageEndpoint: ['endpoints:write'],
} satisfies Record<string, readonly Scope[]>;

type Capability = keyof typeof scopesByCapability;
const capabilities = Object.keys(scopesByCapability) as [Capability, ...Capability[]];

export const portalAccessIn = z
  .strictObject({
    expiry: z
      .int()
      .min(60)
      .max(weekSeconds)
      .nullish()
      .meta({ description: 'Seconds that the token is valid; 3600 when absent.' }),
    sessionId: text({ min: 1, max: 256 }).nullish().meta({ description: 'By which the token can be revoked alone.' }),
    readOnly: z.boolean().nullish(),
    capabilities: z.array(z.enum(capabilities)).max(16).nullish(),
    featureFlags: z
      .array(text({ max: 256 }))
      .max(100)
      .nullish()
      .meta({ description: 'Accepted, and of no effect.' }),
    application: applicationIn.nullish().meta({
      description: 'Creates the application of the path when there is none of that uid.',
    }),
  })
  .optional()
  .meta({ id: 'AppPortalAccessIn' });

export const portalAccessOut = z
  .object({ url: z.string().meta({ description: 'Opens the portal; holds the token.' }), token: z.string() })
  .meta({ id: 'AppPortalAccessOut' });

export const tokenExpireIn = z
  .strictObject({
    expiry: z.int().min(0).max(weekSeconds).nullish().meta({ description: 'Seconds from now; at once when absent.' }),
    sessionIds: z
      .array(text({ min: 1, max: 256 }))
      .max(250)
      .nullish(),
  })
  .optional()
  .meta({ id: 'ApplicationTokenExpireIn' });

export type PortalAccessIn = NonNullable<z.output<typeof portalAccessIn>>;
export type PortalAccessOut = z.output<typeof portalAccessOut>;
export type TokenExpireIn = NonNullable<z.output<typeof tokenExpireIn>>;

/** What a token of such a wish may do, within its application. */
export function toPortalScopes({ readOnly, capabilities: wanted }: PortalAccessIn): readonly Scope[] {
  if (readOnly === true) return readScopes;
  if (wanted === undefined || wanted === null) return allPortalScopes;
  return [...new Set(wanted.flatMap((capability): readonly Scope[] => scopesByCapability[capability]))];
}
