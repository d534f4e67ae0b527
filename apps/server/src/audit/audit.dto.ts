import { z } from 'zod';
import type { AuditEntry } from '@postrider/core';
import { listOf } from '../http/paging.js';
import { instant, instantOut, text } from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';

const facts = z.record(z.string(), z.unknown());

export const auditOut = z
  .object({
    id: z.string(),
    actorId: z.string().meta({ description: 'Id of the key that it was done with.' }),
    action: z.string().meta({ description: 'What was done, such as `applications.create`.' }),
    target: z.record(z.string(), z.string()).meta({ description: 'What the path named, and the id of what was made.' }),
    before: facts.optional().meta({ description: 'The members that changed, as they were. Secrets are left out.' }),
    after: facts.optional().meta({ description: 'The members that changed, as they are.' }),
    requestId: z.string(),
    ip: z.string(),
    timestamp: instantOut(),
  })
  .meta({ id: 'AuditEntryOut' });
export const auditList = listOf(auditOut, 'ListResponseAuditEntryOut');
export const auditQuery = z.object({
  ...pageParameters,
  actor: text({ min: 1, max: 256 }).optional(),
  action: text({ min: 1, max: 256 }).optional(),
  before: instant().optional(),
  after: instant().optional(),
});

export type AuditQuery = z.output<typeof auditQuery>;

export function toAuditOut(entry: AuditEntry): z.output<typeof auditOut> {
  const { id, actorId, action, target, before, after, requestId, ip, createdAt } = entry;
  return { id, actorId, action, target, before, after, requestId, ip, timestamp: createdAt.toISOString() };
}
