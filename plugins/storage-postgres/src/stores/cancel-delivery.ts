import { coreError, type CancelDeliveryResult, type DeliveryStore } from '@postrider/core';
import type { PoolClient } from 'pg';
import type { PostgresContext } from '../context.js';
import { cancelDelivery, lockDelivery, removeFromQueue } from '../sql/cancel-delivery.js';
import { leaveLine } from '../sql/ordering.js';
import { inCountingTransaction, type CountEnded } from './count-ended.js';
import { toDelivery, type DeliveryRow } from './records.js';

type CancelDelivery = DeliveryStore['cancelDelivery'];
type CancelParams = Parameters<CancelDelivery>[0];

/** Times that a delivery may return to the queue between looking for it there and locking it. */
const maxTries = 10;

/** Calls off deliveries one by one. */
export function createCancelDelivery(context: Pick<PostgresContext, 'pool' | 'rollups'>): CancelDelivery {
  return async (params) => {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const result = await inCountingTransaction(context, (client, count) => cancel(client, params, count));
      if (result !== undefined) return result;
    }
    throw coreError(
      'STORAGE_CONFLICT',
      `The delivery ${params.deliveryId} changed its state ${maxTries} times in a row: cancel it again.`,
    );
  };
}

/** `undefined` when the delivery came (back) into the queue meanwhile: nothing was changed. */
async function cancel(
  client: PoolClient,
  params: CancelParams,
  count: CountEnded,
): Promise<CancelDeliveryResult | undefined> {
  const { environmentId, applicationId, messageId, deliveryId, attemptId, cancelledAt } = params;
  const path = [environmentId, applicationId, messageId, deliveryId];
  const removed = await client.query({ ...removeFromQueue, values: path });
  const [stored] = (await client.query<DeliveryRow>({ ...lockDelivery, values: path })).rows;
  if (stored === undefined) return { outcome: 'missing' };
  if (stored.status !== 'pending' && stored.status !== 'in_flight') {
    return { outcome: 'ended', delivery: toDelivery(stored) };
  }
  const mustBeHeld = stored.status === 'pending' && removed.rowCount === 0;
  const left = await client.query({ ...leaveLine, values: [applicationId, deliveryId, mustBeHeld] });
  if (mustBeHeld && left.rowCount === 0) return undefined;
  const madeAttemptId = stored.status === 'in_flight' ? attemptId : null;
  const values = [applicationId, messageId, deliveryId, cancelledAt, madeAttemptId];
  const { rows } = await client.query<DeliveryRow & { readonly message_event_type: string }>({
    ...cancelDelivery,
    values,
  });
  const [row] = rows;
  if (row === undefined) return { outcome: 'missing' };
  const { endpoint_id: endpointId, message_event_type: eventType } = row;
  const subject = { environmentId, applicationId, endpointId, eventType };
  const ended = [{ ...subject, status: 'cancelled', reason: 'requested', count: 1 }] as const;
  await count(ended, cancelledAt);
  return { outcome: 'cancelled', delivery: toDelivery(row), ended };
}
