import type { Attempt } from '@postrider/core';

/** A row of `attempts`. */
export interface AttemptRow {
  readonly application_id: string;
  readonly id: string;
  readonly environment_id: string;
  readonly message_id: string;
  readonly endpoint_id: string;
  readonly delivery_id: string;
  /** The message's, which lists of attempts are filtered by. */
  readonly event_type: string;
  readonly number: number;
  readonly trigger_kind: Attempt['trigger'];
  readonly outcome: Attempt['outcome'];
  readonly url: string;
  readonly response_status_code: number;
  readonly error_kind: Attempt['errorKind'] | null;
  readonly duration_ms: number;
  readonly started_at: number;
  readonly response_body: string;
}

export function toAttemptRow(attempt: Attempt, eventType: string): AttemptRow {
  return {
    application_id: attempt.applicationId,
    id: attempt.id,
    environment_id: attempt.environmentId,
    message_id: attempt.messageId,
    endpoint_id: attempt.endpointId,
    delivery_id: attempt.deliveryId,
    event_type: eventType,
    number: attempt.number,
    trigger_kind: attempt.trigger,
    outcome: attempt.outcome,
    url: attempt.url,
    response_status_code: attempt.responseStatusCode,
    error_kind: attempt.errorKind ?? null,
    duration_ms: attempt.durationMs,
    started_at: attempt.startedAt.getTime(),
    response_body: attempt.responseBody,
  };
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    deliveryId: row.delivery_id,
    number: row.number,
    trigger: row.trigger_kind,
    outcome: row.outcome,
    url: row.url,
    responseStatusCode: row.response_status_code,
    responseBody: row.response_body,
    errorKind: row.error_kind ?? undefined,
    durationMs: row.duration_ms,
    startedAt: new Date(row.started_at),
  };
}
