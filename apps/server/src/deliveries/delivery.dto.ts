import { z } from 'zod';
import type {
  Attempt,
  AttemptErrorKind,
  DeadLetterReason,
  Delivery,
  DeliveryFilter,
  Endpoint,
  Message,
} from '@postrider/core';
import { listOf } from '../http/paging.js';
import { identifier, instant, instantOut } from '../http/schemas/fields.js';
import { flag, listParameter, pageParameters, statusCodeClass } from '../http/schemas/query.js';
import { whyUnmatched } from '../endpoints/subscription.js';

export const deadLetterReasons = [
  'exhausted',
  'endpoint_disabled',
  'endpoint_gone',
  'blocked_address',
  'payload_too_large',
  'internal',
] as const satisfies readonly DeadLetterReason[];

const errorKinds = [
  'blocked_address',
  'dns_error',
  'connect_timeout',
  'connection_refused',
  'connection_reset',
  'tls_error',
  'timeout',
  'response_too_large_header',
  'protocol_error',
  'aborted',
  'internal',
] as const satisfies readonly AttemptErrorKind[];

const status = z.enum(['pending', 'in_flight', 'delivered', 'dead_letter', 'cancelled']);

export const deliveryOut = z
  .object({
    id: z.string(),
    appId: z.string(),
    msgId: z.string(),
    endpointId: z.string(),
    eventType: z.string().optional(),
    status,
    reason: z.string().optional().meta({ description: 'Why it ended without success.' }),
    trigger: z.enum(['scheduled', 'manual']),
    attempts: z.int(),
    lastStatusCode: z
      .int()
      .optional()
      .meta({ description: 'What the last attempt was answered with; 0 when it got no response.' }),
    lastError: z.string().optional().meta({ description: 'Why the last attempt got no usable response.' }),
    nextAttempt: instantOut().optional(),
    createdAt: instantOut(),
    endedAt: instantOut().optional(),
  })
  .meta({ id: 'DeliveryOut' });
export const deliveryList = listOf(deliveryOut, 'ListResponseDeliveryOut');

const step = z
  .object({
    at: instantOut(),
    kind: z.enum(['matched', 'requested', 'attempt', 'waiting', 'in_flight', 'ended']),
    detail: z.string(),
    attemptId: z.string().optional(),
  })
  .meta({ id: 'DeliveryStep' });
export const deliveryDetail = deliveryOut
  .extend({
    waitsFor: z.string().optional().meta({
      description: 'The delivery that it stands behind: the endpoint keeps an order.',
    }),
    why: z.array(step),
  })
  .meta({ id: 'DeliveryDetailOut' });

/** What deliveries are searched by. Times are those of the message. */
const deliveryFilters = {
  app_id: identifier().optional(),
  endpoint_id: identifier().optional(),
  event_types: listParameter().optional(),
  status_code_class: statusCodeClass,
  error_kind: z.enum(errorKinds).optional().meta({ description: 'Why the last attempt got no usable response.' }),
  before: instant().optional(),
  after: instant().optional(),
};
const deadLetterFilters = { ...deliveryFilters, reason: z.enum(deadLetterReasons).optional() };

export const deliveryQuery = z.object({
  ...pageParameters,
  status: status.optional(),
  reason: z
    .enum([...deadLetterReasons, 'endpoint_deleted', 'requested'])
    .optional()
    .meta({ description: 'Why it ended without success.' }),
  msg_id: identifier().optional(),
  ...deliveryFilters,
});
export const deadLetterQuery = z.object({ ...pageParameters, ...deadLetterFilters });
export const deadLetterExportQuery = z.object({
  ...deadLetterFilters,
  with_content: flag().optional().meta({ description: 'With payloads; true when absent.' }),
});

export type DeliveryOut = z.output<typeof deliveryOut>;
export type DeliveryDetail = z.output<typeof deliveryDetail>;
export type DeliveryQuery = z.output<typeof deliveryQuery>;
export type DeadLetterQuery = z.output<typeof deadLetterQuery>;
export type DeadLetterExportQuery = z.output<typeof deadLetterExportQuery>;

/** The filter of the store that the parameters ask for. */
export function toDeliveryFilter(query: DeliveryQuery | DeadLetterQuery | DeadLetterExportQuery): DeliveryFilter {
  const { status_code_class: codes } = query;
  return {
    applicationId: query.app_id,
    endpointId: query.endpoint_id,
    reason: query.reason,
    eventTypes: query.event_types,
    statusCodeClass: codes === undefined ? undefined : codes / 100,
    errorKind: query.error_kind,
    before: query.before,
    after: query.after,
  };
}

export function toDeliveryOut(delivery: Delivery): DeliveryOut {
  return {
    id: delivery.id,
    appId: delivery.applicationId,
    msgId: delivery.messageId,
    endpointId: delivery.endpointId,
    eventType: delivery.eventType,
    status: delivery.status,
    reason: delivery.reason,
    trigger: delivery.trigger,
    attempts: delivery.attemptCount,
    lastStatusCode: delivery.lastStatusCode,
    lastError: delivery.lastErrorKind,
    nextAttempt: delivery.status === 'pending' ? delivery.dueAt.toISOString() : undefined,
    createdAt: delivery.createdAt.toISOString(),
    endedAt: delivery.endedAt?.toISOString(),
  };
}

type Step = z.output<typeof step>;

/** What happened to a delivery and why, first thing first, from what is stored about it. */
export function toTimeline(params: {
  readonly delivery: Delivery;
  readonly message: Message | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly attempts: readonly Attempt[];
  /** The delivery that it stands behind. */
  readonly first: Delivery | undefined;
}): Step[] {
  const { delivery, message, endpoint, attempts, first } = params;
  return [
    { at: delivery.createdAt.toISOString(), ...toOrigin(delivery, message, endpoint) },
    ...attempts.map((attempt): Step => ({
      at: attempt.startedAt.toISOString(),
      kind: 'attempt',
      detail: `Attempt ${attempt.number} ${toOutcome(attempt)}.`,
      attemptId: attempt.id,
    })),
    ...(first === undefined ? toPresent(delivery) : [toTurn(delivery, first)]),
  ];
}

function toOrigin(
  delivery: Delivery,
  message: Message | undefined,
  endpoint: Endpoint | undefined,
): Pick<Step, 'kind' | 'detail'> {
  if (delivery.trigger === 'manual') {
    return { kind: 'requested', detail: 'Somebody asked for the message to be sent again.' };
  }
  if (message === undefined || endpoint === undefined) {
    return { kind: 'matched', detail: 'The endpoint subscribed to the message when it was published.' };
  }
  const types = endpoint.eventTypes === undefined ? 'all event types' : `the event type ${message.eventType}`;
  const since = whyUnmatched(endpoint, message) === undefined ? '' : ' Its subscription was changed since.';
  return { kind: 'matched', detail: `The endpoint subscribes to ${types}.${since}` };
}

function toOutcome({ outcome, responseStatusCode, errorKind }: Attempt): string {
  if (outcome === 'unknown') return 'has an unknown outcome: its worker vanished, so a request may have been made';
  if (outcome === 'succeeded') return `succeeded with status ${responseStatusCode}`;
  return errorKind === undefined ? `failed with status ${responseStatusCode}` : `failed: ${errorKind}`;
}

function toTurn({ dueAt }: Delivery, { id, status: current, attemptCount }: Delivery): Step {
  const detail = `Waits for its turn behind ${id}, which is ${current} after ${attemptCount} attempts.`;
  return { at: dueAt.toISOString(), kind: 'waiting', detail };
}

function toPresent({ status: current, dueAt, attemptCount, reason, endedAt, leaseUntil }: Delivery): Step[] {
  switch (current) {
    case 'pending': {
      const detail =
        attemptCount === 0
          ? 'Waits for its first attempt.'
          : `Waits for attempt ${attemptCount + 1}, as the retry schedule says after ${attemptCount} that failed.`;
      return [{ at: dueAt.toISOString(), kind: 'waiting', detail }];
    }
    case 'in_flight':
      return [{ at: (leaseUntil ?? dueAt).toISOString(), kind: 'in_flight', detail: 'A worker has it until then.' }];
    case 'delivered':
      return [{ at: (endedAt ?? dueAt).toISOString(), kind: 'ended', detail: 'Delivered.' }];
    case 'dead_letter':
    case 'cancelled':
      return [
        { at: (endedAt ?? dueAt).toISOString(), kind: 'ended', detail: `Ended as ${current}: ${reason ?? 'unknown'}.` },
      ];
  }
}
