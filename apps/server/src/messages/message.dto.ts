import { z } from 'zod';
import type { Message } from '@postrider/core';
import { applicationIn } from '../applications/application.dto.js';
import { rawJson, withRawMembers } from '../http/json/raw-members.js';
import { listOf } from '../http/paging.js';
import { eventTypeName, identifier, instant, instantOut, selection, text, uid } from '../http/schemas/fields.js';
import { flag, listParameter, pageParameters } from '../http/schemas/query.js';

const channels = selection(identifier(), 100);
const tags = selection(identifier(), 100);
const orderingKey = text({ min: 1, max: 256 });

/** Body of publish. `payload` is kept as the text that was sent. */
export const messageIn = withRawMembers(
  z
    .strictObject({
      eventType: eventTypeName(),
      payload: rawJson().meta({ description: 'Any JSON. Stored, signed and sent byte for byte as it stands here.' }),
      eventId: uid('msg_').nullish(),
      channels: channels.nullish(),
      tags: tags.nullish(),
      orderingKey: orderingKey.nullish().meta({
        description: 'Endpoints that keep an order by key deliver messages with the same key one after the other.',
      }),
      deliverAt: instant().nullish(),
      application: applicationIn.nullish().meta({
        description: 'Creates the application of the path when there is none of that uid.',
      }),
      transformationsParams: z
        .looseObject({ rawPayload: z.string().nullish() })
        .nullish()
        .meta({ description: '`rawPayload`, a JSON text, takes the place of `payload`.' }),
      payloadRetentionPeriod: z.int().min(1).nullish().meta({ description: 'In days.' }),
      payloadRetentionHours: z.int().min(1).nullish(),
    })
    .meta({ id: 'MessageIn' }),
  ['payload'],
);

/** Fields of a message in every answer that shows one. */
export const messageFields = {
  id: z.string(),
  eventType: z.string(),
  eventId: z.string().optional(),
  channels: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  orderingKey: z.string().optional(),
  deliverAt: instantOut().optional(),
  timestamp: instantOut(),
  payload: z.unknown().meta({ description: 'As it was sent; `{}` when contents were not asked for.' }),
};

export const messageOut = z.object(messageFields).meta({ id: 'MessageOut' });
export const messageList = listOf(messageOut, 'ListResponseMessageOut');

const withContent = flag().optional().meta({ description: 'Show payloads; true when absent.' });

export const messageCreateQuery = z.object({ with_content: withContent });
export const messageGetQuery = z.object({ with_content: withContent });
export const messageQuery = z.object({
  ...pageParameters,
  channel: identifier().optional(),
  tag: identifier().optional(),
  event_types: listParameter().optional(),
  before: instant().optional(),
  after: instant().optional(),
  with_content: withContent,
});

export type MessageIn = z.output<typeof messageIn>;
export type MessageQuery = z.output<typeof messageQuery>;

/** A message without its payload. */
export function toMessageFields(message: Message): Omit<z.output<typeof messageOut>, 'payload'> {
  return {
    id: message.id,
    eventType: message.eventType,
    eventId: message.eventId,
    channels: message.channels && [...message.channels],
    tags: message.tags && [...message.tags],
    orderingKey: message.orderingKey,
    deliverAt: message.deliverAt?.toISOString(),
    timestamp: message.createdAt.toISOString(),
  };
}

/**
 * The JSON text of an answer that shows a message. A text and no object, because reading the payload and writing it
 * anew would change numbers, keys and white space.
 */
export function toMessageJson(
  message: Message,
  {
    withContent: shown,
    fields = toMessageFields(message),
  }: { readonly withContent: boolean; readonly fields?: object },
): string {
  return `${JSON.stringify(fields).slice(0, -1)},"payload":${shown ? message.payload : '{}'}}`;
}
