import type { AuditEntry } from '../domain/audit-entry.js';
import type { Page, PageRequest } from '../domain/page.js';

/** Which entries of the audit log are wanted; what is absent does not matter. Bounds are exclusive. */
export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly before?: Date | undefined;
  readonly after?: Date | undefined;
}

/** The audit log: entries are added, never changed. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface AuditStore {
  /** Adds an entry unless its id exists. Idempotent. */
  appendAudit(params: { entry: AuditEntry; signal?: AbortSignal }): Promise<void>;

  /** By id, which is by time. */
  listAudit(params: {
    environmentId: string;
    filter: AuditFilter;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<AuditEntry>>;
}
