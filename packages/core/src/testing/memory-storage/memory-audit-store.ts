import type { AuditEntry } from '../../domain/audit-entry.js';
import type { AuditStore } from '../../ports/audit-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { paginate } from './paginate.js';

/** `AuditStore` in memory. */
export function createMemoryAuditStore({ database, operation }: MemoryContext): AuditStore {
  const { audit } = database;
  return {
    appendAudit: operation(({ entry }) => {
      if (!audit.has(entry.id)) audit.set(entry.id, copyPlain(entry));
    }),

    listAudit: operation(({ environmentId, filter, page }) => {
      const { actorId, action, before, after } = filter;
      const isWanted = (entry: AuditEntry): boolean =>
        entry.environmentId === environmentId &&
        (actorId === undefined || entry.actorId === actorId) &&
        (action === undefined || entry.action === action) &&
        (before === undefined || entry.createdAt < before) &&
        (after === undefined || entry.createdAt > after);
      return paginate({ items: [...audit.values()].filter(isWanted), keyOf: ({ id }) => id, page });
    }),
  };
}
