import type { CancelDeliveryResult, DeliveryStore, RollupAccumulator } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toDelivery, type DeliveryRow } from '../rows/delivery-row.js';
import { insertAttempt } from '../sql/record-outcomes.js';
import { toUnknownAttemptRow } from './leases.js';
import { RollupCount } from './rollup-count.js';

const selectDelivery = `
SELECT deliveries.*, coalesce(messages.event_type, '') AS event_type, coalesce(endpoints.url, '') AS url
FROM deliveries
  LEFT JOIN messages ON messages.application_id = deliveries.application_id AND messages.id = deliveries.message_id
  LEFT JOIN endpoints ON endpoints.id = deliveries.endpoint_id
WHERE deliveries.id = :deliveryId AND deliveries.application_id = :applicationId
  AND deliveries.message_id = :messageId AND deliveries.environment_id = :environmentId`;
const cancel = `
UPDATE deliveries SET status = 'cancelled', reason = 'requested', ended_at = :endedAt, lease_until = NULL,
  worker_id = NULL
WHERE application_id = :applicationId AND id = :deliveryId`;

type CancelParams = Omit<Parameters<DeliveryStore['cancelDelivery']>[0], 'signal'>;

/** Calls off an unfinished delivery in one transaction, and counts it. */
export function cancelDelivery(
  connection: SqliteConnection,
  rollups: RollupAccumulator,
  params: CancelParams,
): CancelDeliveryResult {
  const { attemptId, cancelledAt, ...path } = params;
  const count = new RollupCount(connection, rollups);
  const result = connection.write((): CancelDeliveryResult => {
    const row = connection
      .statement<DeliveryRow & { readonly event_type: string; readonly url: string }>(selectDelivery)
      .get(path);
    if (row === undefined) return { outcome: 'missing' };
    if (row.status !== 'pending' && row.status !== 'in_flight') return { outcome: 'ended', delivery: toDelivery(row) };
    const endedAt = cancelledAt.getTime();
    const { applicationId, deliveryId } = path;
    connection.statement(cancel).run({ applicationId, deliveryId, endedAt });
    if (row.status === 'in_flight') {
      connection.statement(insertAttempt).run(toUnknownAttemptRow(row, { id: attemptId, now: cancelledAt }));
    }
    const subject = { environmentId: path.environmentId, applicationId, endpointId: row.endpoint_id };
    const called = { status: 'cancelled', reason: 'requested' } as const;
    const ended = [{ ...subject, eventType: row.event_type, ...called, count: 1 }];
    count.write({ ended, recordedAt: cancelledAt });
    const cancelled = { ...called, ended_at: endedAt };
    return {
      outcome: 'cancelled',
      delivery: toDelivery({ ...row, ...cancelled, lease_until: null, worker_id: null }),
      ended,
    };
  });
  count.commit();
  return result;
}
