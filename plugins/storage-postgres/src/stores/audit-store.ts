import type { AuditEntry, AuditStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toPage } from '../database/paging.js';
import { toRecord, toRow, type RowOf } from '../database/rows.js';

const columns = [
  'id',
  'environmentId',
  'actorId',
  'action',
  'target',
  'before',
  'after',
  'requestId',
  'ip',
  'createdAt',
] as const;
const fields = `id, environment_id AS "environmentId", actor_id AS "actorId", action, target, before, after,
  request_id AS "requestId", ip, created_at AS "createdAt"`;
const insertEntry = {
  name: 'append_audit',
  text: `
INSERT INTO audit_log (id, environment_id, actor_id, action, target, before, after, request_id, ip, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
};

/** The audit log in PostgreSQL. */
export function createPostgresAuditStore({ pool, operation }: PostgresContext): AuditStore {
  return {
    appendAudit: operation(async ({ entry }) => {
      const row = toRow(entry, columns);
      await pool.query({ ...insertEntry, values: columns.map((column) => row[column]) });
    }),

    listAudit: operation(async ({ environmentId, filter, page }) => {
      const conditions = new Conditions()
        .add('environment_id = ?', environmentId)
        .add('actor_id = ?', filter.actorId)
        .add('action = ?', filter.action)
        .add('created_at < ?', filter.before)
        .add('created_at > ?', filter.after);
      const text = `SELECT ${fields} FROM audit_log ${conditions.paged(page, 'id')}`;
      const { rows } = await pool.query<RowOf<AuditEntry>>(text, conditions.values);
      return toPage({ rows, page, toItem: (row: RowOf<AuditEntry>) => toRecord<AuditEntry>(row) });
    }),
  };
}
