import type { AuditStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toPage } from '../page.js';
import { toAuditEntry, toAuditRow, type AuditRow } from '../rows/audit-row.js';
import { Conditions } from '../sql/conditions.js';

const insertEntry = `
INSERT INTO audit_log (id, environment_id, actor_id, action, target, before, after, request_id, ip, created_at)
VALUES (:id, :environment_id, :actor_id, :action, :target, :before, :after, :request_id, :ip, :created_at)
ON CONFLICT (id) DO NOTHING`;

/** The audit log in SQLite. */
export function createAuditStore(connection: SqliteConnection): AuditStore {
  return {
    appendAudit: ({ entry, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(insertEntry);
        connection.write(() => statement.run(toAuditRow(entry)));
      }),

    listAudit: ({ environmentId, filter, page, signal }) =>
      connection.run(signal, () => {
        // The plus keeps the planner from using the index by age, which would have to be sorted.
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('actor_id = :actorId', 'actorId', filter.actorId)
          .add('action = :action', 'action', filter.action)
          .add('+created_at < :before', 'before', filter.before)
          .add('+created_at > :after', 'after', filter.after)
          .forPage(page);
        const rows = connection.statement<AuditRow>(`SELECT * FROM audit_log ${text}`).all(values);
        return toPage(page, rows.map(toAuditEntry));
      }),
  };
}
