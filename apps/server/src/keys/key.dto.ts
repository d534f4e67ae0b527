import { z } from 'zod';
import type { ApiKey } from '@postrider/core';
import { allScopes, scopes } from '../auth/scopes.js';
import { listOf } from '../http/paging.js';
import { instant, instantOut, text } from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';

const heldScopes = z
  .array(z.enum([allScopes, ...scopes]))
  .min(1, 'Must not be empty: a key without scopes can do nothing.')
  .max(scopes.length + 1);

export const keyIn = z
  .strictObject({
    name: text({ min: 1, max: 256 }),
    scopes: heldScopes.meta({ description: 'What the key may do; `*` is everything within the environment.' }),
    expiresAt: instant().nullish(),
  })
  .meta({ id: 'ApiKeyIn' });

export const keyRotateIn = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(7 * 86_400)
      .nullish()
      .meta({ description: 'How long the old key stays valid; 86400 (a day) when absent.' }),
  })
  .optional()
  .meta({ id: 'ApiKeyRotateIn' });

const keyFields = {
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The beginning of the key, by which it can be recognised.' }),
  scopes: z.array(z.string()),
  createdAt: instantOut(),
  expiresAt: instantOut().optional(),
  revokedAt: instantOut().optional(),
  lastUsedAt: instantOut().optional().meta({ description: 'To the minute.' }),
};

export const keyOut = z.object(keyFields).meta({ id: 'ApiKeyOut' });
export const newKeyOut = z
  .object({ ...keyFields, key: z.string().meta({ description: 'The key itself, shown this once.' }) })
  .meta({ id: 'NewApiKeyOut' });
export const keyList = listOf(keyOut, 'ListResponseApiKeyOut');
export const keyQuery = z.object(pageParameters);

export type KeyIn = z.output<typeof keyIn>;
export type KeyRotateIn = z.output<typeof keyRotateIn>;
export type KeyOut = z.output<typeof keyOut>;
export type NewKeyOut = z.output<typeof newKeyOut>;

export function toKeyOut(key: ApiKey): KeyOut {
  return {
    id: key.id,
    name: key.name,
    // The id of a key that an operator chose is made from its hash: nothing of such a key is shown.
    prefix: key.id.startsWith('seed_') ? key.id : `pr_${key.id}`,
    scopes: [...key.scopes],
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString(),
    revokedAt: key.revokedAt?.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString(),
  };
}
