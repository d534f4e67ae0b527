import type { AttemptFilter, AttemptStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toPage } from '../page.js';
import { toAttempt, type AttemptRow } from '../rows/attempt-row.js';
import { Conditions } from '../sql/conditions.js';
import { highestIdBefore, lowestIdAfter } from '../sql/id-bounds.js';

const selectAttempt = `
SELECT * FROM attempts WHERE application_id = ? AND id = ? AND environment_id = ? AND message_id = ?`;

const expungeAttempt = `
UPDATE attempts SET response_body = '' WHERE application_id = ? AND id = ? AND environment_id = ? AND message_id = ?`;

/** Recorded attempts in SQLite. */
export function createAttemptStore(connection: SqliteConnection): AttemptStore {
  return {
    getAttempt: ({ environmentId, applicationId, messageId, attemptId, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement<AttemptRow>(selectAttempt);
        const row = statement.get(applicationId, attemptId, environmentId, messageId);
        return row && toAttempt(row);
      }),

    expungeAttempt: ({ environmentId, applicationId, messageId, attemptId, signal }) =>
      connection.run(signal, () => {
        const values = [applicationId, attemptId, environmentId, messageId];
        return connection.write(() => connection.statement(expungeAttempt).run(...values)).changes === 1;
      }),

    listAttempts: ({ environmentId, applicationId, filter, page, signal }) =>
      connection.run(signal, () => {
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('application_id = :applicationId', 'applicationId', applicationId)
          .add('message_id = :messageId', 'messageId', filter.messageId)
          .add('endpoint_id = :endpointId', 'endpointId', filter.endpointId)
          .add('delivery_id = :deliveryId', 'deliveryId', filter.deliveryId)
          .add(messageOfDelivery, 'deliveryId', filter.messageId === undefined ? filter.deliveryId : undefined)
          .add('outcome IN (SELECT value FROM json_each(:outcomes))', 'outcomes', filter.outcomes)
          .add('error_kind = :errorKind', 'errorKind', filter.errorKind)
          .add('response_status_code / 100 = :statusCodeClass', 'statusCodeClass', filter.statusCodeClass)
          .add('event_type IN (SELECT value FROM json_each(:eventTypes))', 'eventTypes', filter.eventTypes)
          .add('started_at < :before', 'before', filter.before)
          .add('started_at > :after', 'after', filter.after)
          .add('id < :highestId', 'highestId', highestIdBefore('atmpt_', filter.before))
          .add('id >= :lowestId', 'lowestId', lowestIdAfter('atmpt_', filter.after))
          .forPage(page);
        const sql = `SELECT * FROM attempts ${indexFor(filter)} ${text}`;
        return toPage(page, connection.statement<AttemptRow>(sql).all(values).map(toAttempt));
      }),
  };
}

/** A delivery's attempts are found through its message, which spares an index. */
const messageOfDelivery = `
message_id = (SELECT message_id FROM deliveries WHERE application_id = :applicationId AND id = :deliveryId)`;

function indexFor(filter: AttemptFilter): string {
  if (filter.messageId !== undefined || filter.deliveryId !== undefined) return 'INDEXED BY attempts_by_message';
  return filter.endpointId === undefined ? '' : 'INDEXED BY attempts_by_endpoint';
}
