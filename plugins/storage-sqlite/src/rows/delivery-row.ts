import type { Delivery, Message, NewDelivery } from '@postrider/core';
import { toInstant } from './values.js';

/** A row of `deliveries`. */
export interface DeliveryRow {
  readonly application_id: string;
  readonly id: string;
  readonly environment_id: string;
  readonly message_id: string;
  readonly endpoint_id: string;
  readonly trigger_kind: Delivery['trigger'];
  readonly status: Delivery['status'];
  readonly reason: Delivery['reason'] | null;
  readonly due_at: number;
  readonly attempt_count: number;
  readonly first_attempt_at: number | null;
  readonly lease_token: number;
  readonly lease_until: number | null;
  readonly worker_id: string | null;
  readonly created_at: number;
  readonly ended_at: number | null;
  /** The message's `created_at`, which lists of deliveries are bounded by. */
  readonly message_created_at: number;
  readonly event_type: string | null;
  readonly last_status_code: number | null;
  readonly last_error_kind: Delivery['lastErrorKind'] | null;
}

/** The first row of a delivery: leased under token 1 when it comes with a lease, else pending. */
export function toNewDeliveryRow(params: {
  message: Pick<Message, 'id' | 'environmentId' | 'applicationId' | 'eventType' | 'createdAt'>;
  delivery: NewDelivery;
  createdAt: Date;
}): DeliveryRow {
  const { message, delivery } = params;
  const { lease } = delivery;
  return {
    application_id: message.applicationId,
    id: delivery.id,
    environment_id: message.environmentId,
    message_id: message.id,
    endpoint_id: delivery.endpointId,
    trigger_kind: delivery.trigger,
    status: lease === undefined ? 'pending' : 'in_flight',
    reason: null,
    due_at: delivery.dueAt.getTime(),
    attempt_count: 0,
    first_attempt_at: null,
    lease_token: lease === undefined ? 0 : 1,
    lease_until: lease === undefined ? null : lease.leaseUntil.getTime(),
    worker_id: lease === undefined ? null : lease.workerId,
    created_at: params.createdAt.getTime(),
    ended_at: null,
    message_created_at: message.createdAt.getTime(),
    event_type: message.eventType,
    last_status_code: null,
    last_error_kind: null,
  };
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    eventType: row.event_type ?? undefined,
    trigger: row.trigger_kind,
    status: row.status,
    reason: row.reason ?? undefined,
    dueAt: new Date(row.due_at),
    attemptCount: row.attempt_count,
    lastStatusCode: row.last_status_code ?? undefined,
    lastErrorKind: row.last_error_kind ?? undefined,
    firstAttemptAt: toInstant(row.first_attempt_at),
    leaseToken: row.lease_token,
    leaseUntil: toInstant(row.lease_until),
    workerId: row.worker_id ?? undefined,
    createdAt: new Date(row.created_at),
    endedAt: toInstant(row.ended_at),
  };
}
