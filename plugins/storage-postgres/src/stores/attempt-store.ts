import type { AttemptStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toPage } from '../database/paging.js';
import { toAttempt, type AttemptRow } from './records.js';

/** Attempts in PostgreSQL. */
export function createPostgresAttemptStore({ pool, operation }: PostgresContext): AttemptStore {
  return {
    getAttempt: operation(async ({ environmentId, applicationId, messageId, attemptId }) => {
      const { rows } = await pool.query<AttemptRow>(
        'SELECT * FROM attempts WHERE application_id = $1 AND message_id = $2 AND id = $3 AND environment_id = $4',
        [applicationId, messageId, attemptId, environmentId],
      );
      return rows[0] && toAttempt(rows[0]);
    }),

    expungeAttempt: operation(async ({ environmentId, applicationId, messageId, attemptId }) => {
      const { rowCount } = await pool.query(
        `UPDATE attempts SET response_body = ''
        WHERE application_id = $1 AND message_id = $2 AND id = $3 AND environment_id = $4`,
        [applicationId, messageId, attemptId, environmentId],
      );
      return rowCount === 1;
    }),

    listAttempts: operation(async ({ environmentId, applicationId, filter, page }) => {
      const conditions = new Conditions()
        .add('environment_id = ?', environmentId)
        .add('application_id = ?', applicationId)
        .add('message_id = ?', filter.messageId)
        .add('endpoint_id = ?', filter.endpointId)
        .add('delivery_id = ?', filter.deliveryId)
        .add('outcome = ANY (?::text[])', filter.outcomes)
        .add('error_kind = ?', filter.errorKind)
        .add('response_status_code / 100 = ?', filter.statusCodeClass)
        .add('event_type = ANY (?)', filter.eventTypes)
        .add('started_at < ?', filter.before)
        .add('started_at > ?', filter.after);
      const text = `SELECT * FROM attempts ${conditions.paged(page, 'id')}`;
      const { rows } = await pool.query<AttemptRow>(text, conditions.values);
      return toPage({ rows, page, toItem: toAttempt });
    }),
  };
}
