import { z } from 'zod';
import type { Attempt, AttemptOutcome, Delivery, DeliveryStatus, Endpoint, Message } from '@postrider/core';
import { endpointCoreFields, toEndpointCoreOut } from '../endpoints/endpoint.dto.js';
import { listOf } from '../http/paging.js';
import { identifier, instant, instantOut } from '../http/schemas/fields.js';
import { count, flag, listParameter, pageParameters, statusCodeClass } from '../http/schemas/query.js';
import { messageFields, messageOut, toMessageFields, toMessageJson } from '../messages/message.dto.js';

/** The contract's numbers for where an attempt or a delivery stands, in the order of the numbers. */
const statusTexts = ['success', 'pending', 'fail', 'sending', 'canceled'] as const;
const status = z.int().min(0).max(4).meta({ description: '0 success, 1 pending, 2 fail, 3 sending, 4 canceled' });
const statusText = z.enum(statusTexts);

export const attemptOut = z
  .object({
    id: z.string(),
    msgId: z.string(),
    endpointId: z.string(),
    url: z.string(),
    status,
    statusText,
    response: z.string(),
    responseStatusCode: z.int().meta({ description: '0 when there was no response.' }),
    responseDurationMs: z.int(),
    error: z
      .string()
      .optional()
      .meta({ description: 'Why there was no usable response; `unknown` when the worker vanished.' }),
    triggerType: z.int().min(0).max(1).meta({ description: '0 scheduled, 1 manual' }),
    timestamp: instantOut(),
    msg: messageOut.optional().meta({ description: 'Without its payload.' }),
  })
  .meta({ id: 'MessageAttemptOut' });

export const attemptList = listOf(attemptOut, 'ListResponseMessageAttemptOut');

const deliveryFields = { status, statusText, nextAttempt: instantOut().optional() };
export const endpointMessageOut = z.object({ ...messageFields, ...deliveryFields }).meta({ id: 'EndpointMessageOut' });
export const endpointMessageList = listOf(endpointMessageOut, 'ListResponseEndpointMessageOut');
export const messageEndpointOut = z
  .object({ ...endpointCoreFields, ...deliveryFields })
  .meta({ id: 'MessageEndpointOut' });
export const messageEndpointList = listOf(messageEndpointOut, 'ListResponseMessageEndpointOut');
export const emptyOut = z.object({}).meta({ id: 'EmptyResponse' });

/** Filters that attempts and an endpoint's messages share. */
const filters = {
  status: count({ min: 0, max: 4 }).optional(),
  channel: identifier().optional(),
  tag: identifier().optional(),
  event_types: listParameter().optional(),
  before: instant().optional(),
  after: instant().optional(),
  with_content: flag().optional().meta({ description: 'Show contents; true when absent.' }),
  expanded_statuses: flag().optional().meta({ description: 'Show 4 (canceled) as 4; as 0 when absent.' }),
};

export const attemptQuery = z.object({
  ...pageParameters,
  ...filters,
  status_code_class: statusCodeClass,
  with_msg: flag().optional(),
  endpoint_id: identifier().optional(),
});
export const endpointMessageQuery = z.object({ ...pageParameters, ...filters });
export const messageEndpointQuery = z.object(pageParameters);
export const attemptGetQuery = z.object({ expanded_statuses: filters.expanded_statuses });

export type AttemptQuery = z.output<typeof attemptQuery>;
export type AttemptOut = z.output<typeof attemptOut>;
export type EndpointMessageQuery = z.output<typeof endpointMessageQuery>;
export type MessageEndpointOut = z.output<typeof messageEndpointOut>;

const attemptStatus: Readonly<Record<AttemptOutcome, number>> = { succeeded: 0, failed: 2, unknown: 2 };

const deliveryStatus: Readonly<Record<DeliveryStatus, number>> = {
  delivered: 0,
  pending: 1,
  dead_letter: 2,
  in_flight: 3,
  cancelled: 4,
};

/** The outcomes that attempts of a status have; none when no attempt can have it. */
export function toAttemptOutcomes(wanted: number): readonly AttemptOutcome[] {
  return (Object.keys(attemptStatus) as AttemptOutcome[]).filter((outcome) => attemptStatus[outcome] === wanted);
}

/** The state of deliveries of a status. */
export function toDeliveryStatus(wanted: number): DeliveryStatus {
  const found = (Object.keys(deliveryStatus) as DeliveryStatus[]).find((each) => deliveryStatus[each] === wanted);
  if (found === undefined) throw new Error(`There is no status ${wanted}.`);
  return found;
}

export function toAttemptOut(
  attempt: Attempt,
  { withContent, message }: { readonly withContent: boolean; readonly message?: Message | undefined },
): AttemptOut {
  const number = attemptStatus[attempt.outcome];
  return {
    id: attempt.id,
    msgId: attempt.messageId,
    endpointId: attempt.endpointId,
    url: attempt.url,
    status: number,
    statusText: statusTexts[number] ?? 'fail',
    response: withContent ? attempt.responseBody : '',
    responseStatusCode: attempt.responseStatusCode,
    responseDurationMs: Math.round(attempt.durationMs),
    error: attempt.errorKind ?? (attempt.outcome === 'unknown' ? 'unknown' : undefined),
    triggerType: attempt.trigger === 'manual' ? 1 : 0,
    timestamp: attempt.startedAt.toISOString(),
    msg: message && { ...toMessageFields(message), payload: {} },
  };
}

function toDeliveryFields(delivery: Delivery, { expanded }: { readonly expanded: boolean }) {
  const exact = deliveryStatus[delivery.status];
  // Programs made before there was a 4 take it for a success, which is how the contract shows it to them.
  const number = exact === 4 && !expanded ? 0 : exact;
  return {
    status: number,
    statusText: statusTexts[number] ?? 'fail',
    nextAttempt: delivery.status === 'pending' ? delivery.dueAt.toISOString() : undefined,
  };
}

/** JSON text, for the sake of the payload. */
export function toEndpointMessageJson(
  { message, delivery }: { readonly message: Message; readonly delivery: Delivery },
  { withContent, expanded }: { readonly withContent: boolean; readonly expanded: boolean },
): string {
  const fields = { ...toMessageFields(message), ...toDeliveryFields(delivery, { expanded }) };
  return toMessageJson(message, { withContent, fields });
}

export function toMessageEndpointOut(endpoint: Endpoint, delivery: Delivery): MessageEndpointOut {
  return { ...toEndpointCoreOut(endpoint), ...toDeliveryFields(delivery, { expanded: true }) };
}
