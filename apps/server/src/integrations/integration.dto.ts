import { z } from 'zod';
import { listOf } from '../http/paging.js';
import { instantOut, text } from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';

const fields = {
  name: text({ min: 1, max: 256 }),
  featureFlags: z
    .array(text({ max: 256 }))
    .max(100)
    .nullish()
    .meta({ description: 'Kept, and of no effect.' }),
};

export const integrationIn = z.strictObject(fields).meta({ id: 'IntegrationIn' });
export const integrationUpdate = z.strictObject(fields).meta({ id: 'IntegrationUpdate' });
export const integrationOut = z
  .object({
    id: z.string(),
    name: z.string(),
    featureFlags: z.array(z.string()).optional(),
    createdAt: instantOut(),
    updatedAt: instantOut(),
  })
  .meta({ id: 'IntegrationOut' });
export const integrationList = listOf(integrationOut, 'ListResponseIntegrationOut');
export const integrationQuery = z.object(pageParameters);
export const integrationKeyOut = z
  .object({ key: z.string().meta({ description: 'Shown this once; the one before is no longer valid.' }) })
  .meta({ id: 'IntegrationKeyOut' });

export type IntegrationIn = z.output<typeof integrationIn>;
export type IntegrationOut = z.output<typeof integrationOut>;
