import { expungedPayload, type Message } from '../../domain/message.js';
import type { AppendEntry, AppendResult, MessageStore } from '../../ports/message-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf, type MemoryDatabase, type StoredMessage } from './memory-database.js';
import { paginate } from './paginate.js';
import { addDelivery } from './transitions.js';

/** `MessageStore` in memory. */
export function createMemoryMessageStore({ database, operation }: MemoryContext): MessageStore {
  return {
    appendMessages: operation(({ entries, now }) => entries.map((entry) => appendEntry(database, entry, now))),

    getMessage: operation(({ environmentId, applicationId, message: ref }) => {
      const messageId = 'id' in ref ? ref.id : database.logs.get(applicationId)?.messageIdByEventId.get(ref.uid);
      if (messageId === undefined) return undefined;
      return copyPlain(database.messageOf({ environmentId, applicationId, messageId })?.message);
    }),

    findMessages: operation(({ messageIds, withPayload, ...where }) =>
      messageIds
        .map((messageId) => database.messageOf({ ...where, messageId })?.message)
        .filter((message) => message !== undefined)
        .map((message) => copyPlain(withPayload ? message : { ...message, payload: '' })),
    ),

    expungeMessages: operation(({ messageIds, ...where }) => {
      const owners = messageIds
        .map((messageId) => database.messageOf({ ...where, messageId }))
        .filter((owner) => owner !== undefined);
      for (const owner of owners) owner.message = { ...owner.message, payload: expungedPayload };
      return owners.map(({ message }) => message.id);
    }),

    listMessages: operation(({ environmentId, applicationId, filter, withPayload, page }) => {
      const { eventTypes, channel, tag, before, after } = filter;
      const isWanted = (message: Message): boolean =>
        message.environmentId === environmentId &&
        (eventTypes === undefined || eventTypes.includes(message.eventType)) &&
        (channel === undefined || (message.channels?.includes(channel) ?? false)) &&
        (tag === undefined || (message.tags?.includes(tag) ?? false)) &&
        (before === undefined || message.createdAt < before) &&
        (after === undefined || message.createdAt > after);
      const items = [...(database.logs.get(applicationId)?.messages.values() ?? [])]
        .map(({ message }) => message)
        .filter(isWanted);
      const found = paginate({ items, keyOf: ({ id }) => id, page });
      if (withPayload) return found;
      return { ...found, items: found.items.map((message) => ({ ...message, payload: '' })) };
    }),

    appendDelivery: operation((params) => {
      const owner = database.messageOf(params);
      if (!owner) return { outcome: 'message_missing' };
      const { row } = addDelivery({ database, owner, delivery: params.delivery, createdAt: params.now });
      return { outcome: 'appended', delivery: copyPlain(row) };
    }),
  };
}

function appendEntry(database: MemoryDatabase, entry: AppendEntry, now: Date): AppendResult {
  const { message, deliveries, idempotency } = entry;
  const idempotencyKey = idempotency && keyOf(message.environmentId, idempotency.key);
  const known = idempotencyKey === undefined ? undefined : database.idempotency.get(idempotencyKey);
  if (known && known.expiresAt >= now) {
    if (known.bodyHash !== idempotency?.bodyHash) return { outcome: 'idempotency_mismatch' };
    return { outcome: 'replayed', message: copyPlain(known.message.message) };
  }
  const log = database.logOf(message.applicationId);
  const { eventId } = message;
  const holder = eventId === undefined ? undefined : log.messageIdByEventId.get(eventId);
  if (holder !== undefined) return { outcome: 'event_id_taken', messageId: holder };

  const owner: StoredMessage = { message: copyPlain(message), deliveries: new Map(), attempts: [] };
  log.messages.set(message.id, owner);
  if (eventId !== undefined) log.messageIdByEventId.set(eventId, message.id);
  if (idempotency && idempotencyKey !== undefined) {
    const { bodyHash, expiresAt } = idempotency;
    database.idempotency.set(idempotencyKey, { bodyHash, message: owner, expiresAt: new Date(expiresAt) });
  }
  for (const delivery of deliveries) {
    addDelivery({ database, owner, delivery, ordering: delivery.ordering, createdAt: now });
  }
  return { outcome: 'appended' };
}
