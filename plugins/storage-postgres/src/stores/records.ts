import type { Attempt, Delivery, Message } from '@postrider/core';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A row of `messages`. */
export interface MessageRow {
  readonly id: string;
  readonly application_id: string;
  readonly environment_id: string;
  readonly event_type: string;
  readonly payload: string;
  readonly event_id: string | null;
  readonly channels: string[] | null;
  readonly tags: string[] | null;
  readonly ordering_key: string | null;
  readonly deliver_at: Date | null;
  readonly created_at: Date;
}

/** A row of `deliveries`, as `deliveryFields` selects it. */
export interface DeliveryRow {
  readonly id: string;
  readonly application_id: string;
  readonly message_id: string;
  readonly environment_id: string;
  readonly endpoint_id: string;
  readonly trigger: Delivery['trigger'];
  readonly status: Delivery['status'];
  readonly attempt_count: number;
  readonly lease_token: number;
  readonly due_at: Date;
  readonly created_at: Date;
  readonly first_attempt_at: Date | null;
  readonly lease_until: Date | null;
  readonly ended_at: Date | null;
  readonly worker_id: string | null;
  readonly reason: NonNullable<Delivery['reason']> | null;
  readonly event_type: string | null;
  readonly last_status_code: number | null;
  readonly last_error_kind: NonNullable<Delivery['lastErrorKind']> | null;
}

/** A row of `attempts`. */
export interface AttemptRow {
  readonly id: string;
  readonly application_id: string;
  readonly message_id: string;
  readonly environment_id: string;
  readonly endpoint_id: string;
  readonly delivery_id: string;
  readonly number: number;
  readonly trigger: Attempt['trigger'];
  readonly outcome: Attempt['outcome'];
  readonly url: string;
  readonly response_status_code: number;
  readonly response_body: string;
  readonly error_kind: NonNullable<Attempt['errorKind']> | null;
  readonly duration_ms: number;
  readonly started_at: Date;
}

export function toMessage(row: MessageRow): Message {
  const message: Mutable<Message> = {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    eventType: row.event_type,
    payload: row.payload,
    createdAt: row.created_at,
  };
  if (row.event_id !== null) message.eventId = row.event_id;
  if (row.channels !== null) message.channels = row.channels;
  if (row.tags !== null) message.tags = row.tags;
  if (row.ordering_key !== null) message.orderingKey = row.ordering_key;
  if (row.deliver_at !== null) message.deliverAt = row.deliver_at;
  return message;
}

export function toDelivery(row: DeliveryRow): Delivery {
  const delivery: Mutable<Delivery> = {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    trigger: row.trigger,
    status: row.status,
    dueAt: row.due_at,
    attemptCount: row.attempt_count,
    leaseToken: row.lease_token,
    createdAt: row.created_at,
  };
  if (row.event_type !== null) delivery.eventType = row.event_type;
  if (row.reason !== null) delivery.reason = row.reason;
  if (row.last_status_code !== null) delivery.lastStatusCode = row.last_status_code;
  if (row.last_error_kind !== null) delivery.lastErrorKind = row.last_error_kind;
  if (row.first_attempt_at !== null) delivery.firstAttemptAt = row.first_attempt_at;
  if (row.lease_until !== null) delivery.leaseUntil = row.lease_until;
  if (row.worker_id !== null) delivery.workerId = row.worker_id;
  if (row.ended_at !== null) delivery.endedAt = row.ended_at;
  return delivery;
}

export function toAttempt(row: AttemptRow): Attempt {
  const attempt: Mutable<Attempt> = {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    deliveryId: row.delivery_id,
    number: row.number,
    trigger: row.trigger,
    outcome: row.outcome,
    url: row.url,
    responseStatusCode: row.response_status_code,
    responseBody: row.response_body,
    durationMs: row.duration_ms,
    startedAt: row.started_at,
  };
  if (row.error_kind !== null) attempt.errorKind = row.error_kind;
  return attempt;
}
