import type { AuditEntry } from '@postrider/core';

/** A row of `audit_log`. */
export interface AuditRow {
  readonly id: string;
  readonly environment_id: string;
  readonly actor_id: string;
  readonly action: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly request_id: string;
  readonly ip: string;
  readonly created_at: number;
}

type Facts = Readonly<Record<string, unknown>>;

const toFacts = (json: string | null): Facts | undefined => (json === null ? undefined : (JSON.parse(json) as Facts));

export function toAuditRow(entry: AuditEntry): AuditRow {
  return {
    id: entry.id,
    environment_id: entry.environmentId,
    actor_id: entry.actorId,
    action: entry.action,
    target: JSON.stringify(entry.target),
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
    request_id: entry.requestId,
    ip: entry.ip,
    created_at: entry.createdAt.getTime(),
  };
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    environmentId: row.environment_id,
    actorId: row.actor_id,
    action: row.action,
    target: JSON.parse(row.target) as Record<string, string>,
    before: toFacts(row.before),
    after: toFacts(row.after),
    requestId: row.request_id,
    ip: row.ip,
    createdAt: new Date(row.created_at),
  };
}
