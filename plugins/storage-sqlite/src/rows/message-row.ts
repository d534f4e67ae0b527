import type { Message } from '@postrider/core';
import { toInstant, toJson, toList, toMs } from './values.js';

/** A row of `messages`. */
export interface MessageRow {
  readonly application_id: string;
  readonly id: string;
  readonly environment_id: string;
  readonly event_type: string;
  readonly event_id: string | null;
  readonly channels: string | null;
  readonly tags: string | null;
  readonly deliver_at: number | null;
  readonly created_at: number;
  readonly payload: string;
  readonly ordering_key: string | null;
}

export function toMessageRow(message: Message): MessageRow {
  return {
    application_id: message.applicationId,
    id: message.id,
    environment_id: message.environmentId,
    event_type: message.eventType,
    event_id: message.eventId ?? null,
    channels: toJson(message.channels),
    tags: toJson(message.tags),
    deliver_at: toMs(message.deliverAt),
    created_at: message.createdAt.getTime(),
    payload: message.payload,
    ordering_key: message.orderingKey ?? null,
  };
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    environmentId: row.environment_id,
    applicationId: row.application_id,
    eventType: row.event_type,
    payload: row.payload,
    eventId: row.event_id ?? undefined,
    channels: toList(row.channels),
    tags: toList(row.tags),
    orderingKey: row.ordering_key ?? undefined,
    deliverAt: toInstant(row.deliver_at),
    createdAt: new Date(row.created_at),
  };
}
