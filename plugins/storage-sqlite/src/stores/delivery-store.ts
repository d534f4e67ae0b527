import type { ApplicationBacklog, DeliveryStore, Logger, RollupAccumulator } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toDelivery, type DeliveryRow } from '../rows/delivery-row.js';
import { toInstant } from '../rows/values.js';
import { selectFirstInLine } from '../sql/ordering.js';
import { cancelDelivery } from './cancel-delivery.js';
import { createClaim } from './claim-due.js';
import { countDeadLetters, countDeliveries, listDeliveries } from './find-deliveries.js';
import { reapExpired, releaseLeases, renewLeases } from './leases.js';
import { recordOutcomes } from './record-outcomes.js';

const expedite = `
UPDATE deliveries SET due_at = :dueAt
WHERE application_id = :applicationId AND id = :deliveryId AND environment_id = :environmentId
  AND message_id = :messageId AND status = 'pending'`;
const selectDelivery =
  'SELECT * FROM deliveries INDEXED BY deliveries_by_environment WHERE environment_id = ? AND id = ?';
const measureInFlight = `
SELECT count(*) AS inFlight FROM deliveries INDEXED BY deliveries_in_flight WHERE status = 'in_flight'`;
/**
 * One pass over the index of what is pending, and one over what is held in lines. Both are in the order of endpoints, so
 * that they are added up as they come; what is left to sort is one row for each endpoint. Those of endpoints that are
 * gone count as well.
 */
const measurePending = `
SELECT coalesce(sum(pending), 0) AS pending, coalesce(sum(due), 0) AS due, min(oldest) AS oldestDueAt,
  json_group_array(json_object('applicationId', application_id, 'pending', pending))
    FILTER (WHERE pending >= :backlogFrom) AS backlogs
FROM (
  SELECT endpoints.application_id, sum(waiting.pending) AS pending, sum(waiting.due) AS due, min(waiting.oldest) AS oldest
  FROM (
    SELECT endpoint_id, count(*) AS pending, count(due) AS due, min(due) AS oldest FROM (
      SELECT endpoint_id, CASE WHEN due_at <= :now THEN due_at END AS due
      FROM deliveries INDEXED BY deliveries_pending WHERE status = 'pending' AND line_state < 2
    ) GROUP BY endpoint_id
    UNION ALL
    SELECT endpoint_id, count(*), 0, NULL
    FROM ordered_deliveries INDEXED BY ordered_deliveries_held WHERE held = 1 GROUP BY endpoint_id
  ) waiting LEFT JOIN endpoints ON endpoints.id = waiting.endpoint_id
  GROUP BY endpoints.application_id
)`;

interface PendingMeasure {
  readonly pending: number;
  readonly due: number;
  readonly oldestDueAt: number | null;
  readonly backlogs: string;
}

/** Deliveries in SQLite. */
export function createDeliveryStore(
  connection: SqliteConnection,
  deps: { rollups: RollupAccumulator; logger: Logger },
): DeliveryStore {
  const claim = createClaim(connection, deps);

  return {
    claimDue: ({ signal, ...request }) => connection.run(signal, () => connection.write(() => claim(request))),

    recordOutcomes: ({ signal, ...batch }) =>
      connection.run(signal, () => ({ fenced: recordOutcomes(connection, deps.rollups, batch) })),

    renewLeases: ({ signal, ...params }) => connection.run(signal, () => ({ lost: renewLeases(connection, params) })),

    releaseLeases: ({ signal, ...params }) => connection.run(signal, () => releaseLeases(connection, params)),

    reapExpired: ({ signal, ...params }) => connection.run(signal, () => ({ reaped: reapExpired(connection, params) })),

    expediteDelivery: ({ dueAt, signal, ...path }) =>
      connection.run(signal, () => {
        const { environmentId, applicationId, messageId, deliveryId } = path;
        const values = { environmentId, applicationId, messageId, deliveryId, dueAt: dueAt.getTime() };
        return connection.write(() => connection.statement(expedite).run(values)).changes === 1;
      }),

    cancelDelivery: ({ signal, ...params }) =>
      connection.run(signal, () => cancelDelivery(connection, deps.rollups, params)),

    getDelivery: ({ environmentId, deliveryId, signal }) =>
      connection.run(signal, () => {
        const row = connection.statement<DeliveryRow>(selectDelivery).get(environmentId, deliveryId);
        return row && toDelivery(row);
      }),

    findFirstInLine: ({ signal, ...path }) =>
      connection.run(signal, () => {
        const row = connection.statement<DeliveryRow>(selectFirstInLine).get(path);
        return row && toDelivery(row);
      }),

    listDeliveries: ({ signal, ...params }) => connection.run(signal, () => listDeliveries(connection, params)),

    countDeadLetters: ({ signal, ...params }) => connection.run(signal, () => countDeadLetters(connection, params)),

    countDeliveries: ({ signal, ...params }) => connection.run(signal, () => countDeliveries(connection, params)),

    measureQueue: ({ now, backlogFrom, signal }) =>
      connection.run(signal, () => {
        const asked = { now: now.getTime(), backlogFrom: backlogFrom ?? null };
        const waiting = connection.statement<PendingMeasure>(measurePending).get(asked);
        const leased = connection.statement<{ readonly inFlight: number }>(measureInFlight).get();
        return {
          pending: waiting?.pending ?? 0,
          due: waiting?.due ?? 0,
          inFlight: leased?.inFlight ?? 0,
          oldestDueAt: toInstant(waiting?.oldestDueAt ?? null),
          backlogs: JSON.parse(waiting?.backlogs ?? '[]') as ApplicationBacklog[],
        };
      }),
  };
}
