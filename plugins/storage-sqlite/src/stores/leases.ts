import type { LeaseRef } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import type { DeliveryRow } from '../rows/delivery-row.js';
import { toAttemptRow, type AttemptRow } from '../rows/attempt-row.js';
import { insertAttempt } from '../sql/record-outcomes.js';

const held = `WHERE application_id = ? AND id = ? AND message_id = ? AND lease_token = ? AND status = 'in_flight'`;
const renew = `UPDATE deliveries SET lease_until = ? ${held}`;
const release = `
UPDATE deliveries SET status = 'pending', due_at = ?, lease_until = NULL, worker_id = NULL ${held}`;

/** Reads the whole index of what is in flight, which is what fits in the workers' memory. */
const selectExpired = `
SELECT deliveries.*, coalesce(messages.event_type, '') AS event_type, coalesce(endpoints.url, '') AS url
FROM deliveries INDEXED BY deliveries_in_flight
  LEFT JOIN messages ON messages.application_id = deliveries.application_id AND messages.id = deliveries.message_id
  LEFT JOIN endpoints ON endpoints.id = deliveries.endpoint_id
WHERE deliveries.status = 'in_flight' AND deliveries.lease_until < :now
ORDER BY deliveries.lease_until, deliveries.id LIMIT :limit`;

type ExpiredRow = DeliveryRow & { readonly event_type: string; readonly url: string };

/** Moves the ends of leases in one transaction; returns those that are lost. */
export function renewLeases(
  connection: SqliteConnection,
  params: { leases: readonly LeaseRef[]; leaseUntil: Date },
): LeaseRef[] {
  return connection.write(() =>
    params.leases.filter((lease) => !update(connection, renew, [params.leaseUntil, lease])),
  );
}

/** Gives leases back in one transaction. */
export function releaseLeases(
  connection: SqliteConnection,
  params: { leases: readonly LeaseRef[]; dueAt: Date },
): void {
  connection.write(() => {
    for (const lease of params.leases) update(connection, release, [params.dueAt, lease]);
  });
}

function update(connection: SqliteConnection, sql: string, [instant, lease]: [Date, LeaseRef]): boolean {
  const { applicationId, deliveryId, messageId, leaseToken } = lease;
  const { changes } = connection
    .statement(sql)
    .run(instant.getTime(), applicationId, deliveryId, messageId, leaseToken);
  return changes === 1;
}

/**
 * Takes expired leases from their workers, in one transaction (the port asks for one statement so that nothing comes
 * between reading and writing: nothing can, here). The token stays: the old worker is fenced off by the status, and by
 * the next lease's token after that.
 */
export function reapExpired(
  connection: SqliteConnection,
  params: { now: Date; limit: number; nextAttemptId: () => string },
): number {
  const { now, limit } = params;
  return connection.write(() => {
    const expired = connection.statement<ExpiredRow>(selectExpired).all({ now: now.getTime(), limit });
    for (const row of expired) {
      connection.statement(release).run(now.getTime(), row.application_id, row.id, row.message_id, row.lease_token);
      connection.statement(insertAttempt).run(toUnknownAttemptRow(row, { id: params.nextAttemptId(), now }));
    }
    return expired.length;
  });
}

/** The attempt that may have been made under a lease that was taken away. */
export function toUnknownAttemptRow(row: ExpiredRow, attempt: { id: string; now: Date }): AttemptRow {
  return toAttemptRow(
    {
      id: attempt.id,
      environmentId: row.environment_id,
      applicationId: row.application_id,
      messageId: row.message_id,
      endpointId: row.endpoint_id,
      deliveryId: row.id,
      number: row.attempt_count + 1,
      trigger: row.trigger_kind,
      outcome: 'unknown',
      url: row.url,
      responseStatusCode: 0,
      responseBody: '',
      durationMs: 0,
      startedAt: attempt.now,
    },
    row.event_type,
  );
}
