import {
  expungedPayload,
  type AppendEntry,
  type AppendResult,
  type DeliveryOrdering,
  type Message,
  type MessageStore,
  type NewDelivery,
  type ResourceRef,
} from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toPage } from '../page.js';
import { toDelivery, toNewDeliveryRow } from '../rows/delivery-row.js';
import { toMessage, toMessageRow, type MessageRow } from '../rows/message-row.js';
import {
  insertDelivery,
  insertIdempotencyKey,
  insertMessage,
  selectIdempotencyKey,
  selectMessageById,
  selectMessageIdByEventId,
} from '../sql/append-messages.js';
import { Conditions } from '../sql/conditions.js';
import { highestIdBefore, lowestIdAfter } from '../sql/id-bounds.js';
import { joinLine } from '../sql/ordering.js';

interface IdempotencyKeyRow {
  readonly body_hash: string;
  readonly application_id: string;
  readonly message_id: string;
}

const selectMessage = 'SELECT * FROM messages WHERE environment_id = ? AND application_id = ?';
const columnsWithoutPayload =
  'application_id, id, environment_id, event_type, event_id, channels, tags, ordering_key, deliver_at, created_at';

const amongIds = `
WHERE application_id = :applicationId AND id IN (SELECT value FROM json_each(:messageIds))
  AND environment_id = :environmentId`;
const expungePayloads = `UPDATE messages SET payload = :payload ${amongIds}`;

/** Messages in SQLite. */
export function createMessageStore(connection: SqliteConnection): MessageStore {
  const readMessage = (params: {
    environmentId: string;
    applicationId: string;
    message: ResourceRef;
  }): MessageRow | undefined => {
    const { environmentId, applicationId, message } = params;
    return 'id' in message
      ? connection.statement<MessageRow>(`${selectMessage} AND id = ?`).get(environmentId, applicationId, message.id)
      : connection
          .statement<MessageRow>(`${selectMessage} AND event_id = ?`)
          .get(environmentId, applicationId, message.uid);
  };

  return {
    appendMessages: ({ entries, now, signal }) =>
      connection.run(signal, () => connection.write(() => entries.map((entry) => appendEntry(connection, entry, now)))),

    getMessage: ({ signal, ...params }) =>
      connection.run(signal, () => {
        const row = readMessage(params);
        return row && toMessage(row);
      }),

    findMessages: ({ environmentId, applicationId, messageIds, withPayload, signal }) =>
      connection.run(signal, () => {
        const columns = withPayload ? '*' : `${columnsWithoutPayload}, '' AS payload`;
        const sql = `SELECT ${columns} FROM messages ${amongIds}`;
        const values = { environmentId, applicationId, messageIds: JSON.stringify(messageIds) };
        return connection.statement<MessageRow>(sql).all(values).map(toMessage);
      }),

    expungeMessages: ({ environmentId, applicationId, messageIds, signal }) =>
      connection.run(signal, () =>
        connection.write(() => {
          const among = { environmentId, applicationId, messageIds: JSON.stringify(messageIds) };
          const found = connection.statement<{ readonly id: string }>(`SELECT id FROM messages ${amongIds}`).all(among);
          connection.statement(expungePayloads).run({ ...among, payload: expungedPayload });
          return found.map(({ id }) => id);
        }),
      ),

    listMessages: ({ environmentId, applicationId, filter, withPayload, page, signal }) =>
      connection.run(signal, () => {
        // The plus keeps the planner from using the index by age, which would have to be sorted.
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('application_id = :applicationId', 'applicationId', applicationId)
          .add('event_type IN (SELECT value FROM json_each(:eventTypes))', 'eventTypes', filter.eventTypes)
          .add('EXISTS (SELECT 1 FROM json_each(channels) WHERE value = :channel)', 'channel', filter.channel)
          .add('EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag)', 'tag', filter.tag)
          .add('+created_at < :before', 'before', filter.before)
          .add('+created_at > :after', 'after', filter.after)
          .add('id < :highestId', 'highestId', highestIdBefore('msg_', filter.before))
          .add('id >= :lowestId', 'lowestId', lowestIdAfter('msg_', filter.after))
          .forPage(page);
        const columns = withPayload ? '*' : `${columnsWithoutPayload}, '' AS payload`;
        const rows = connection.statement<MessageRow>(`SELECT ${columns} FROM messages ${text}`).all(values);
        return toPage(page, rows.map(toMessage));
      }),

    appendDelivery: ({ environmentId, applicationId, messageId, delivery, now, signal }) =>
      connection.run(signal, () =>
        connection.write(() => {
          const message = readMessage({ environmentId, applicationId, message: { id: messageId } });
          if (message === undefined) return { outcome: 'message_missing' };
          const row = toNewDeliveryRow({ message: toMessage(message), delivery, createdAt: now });
          connection.statement(insertDelivery).run(row);
          return { outcome: 'appended', delivery: toDelivery(row) };
        }),
      ),
  };
}

function appendEntry(connection: SqliteConnection, entry: AppendEntry, now: Date): AppendResult {
  const { message, deliveries, idempotency } = entry;
  if (idempotency !== undefined) {
    const known = findIdempotent(connection, { message, idempotency, now });
    if (known !== undefined) return known;
  }
  const { changes } = connection.statement(insertMessage).run(toMessageRow(message));
  if (changes === 0) {
    const holder = connection
      .statement<{ readonly id: string }>(selectMessageIdByEventId)
      .get(message.applicationId, message.eventId);
    return { outcome: 'event_id_taken', messageId: holder?.id ?? message.id };
  }
  const insert = connection.statement(insertDelivery);
  for (const delivery of deliveries) {
    insert.run(toNewDeliveryRow({ message, delivery, createdAt: now }));
    if (delivery.ordering === undefined) continue;
    connection.statement(joinLine).run(toPlace(message, delivery, delivery.ordering));
  }
  if (idempotency !== undefined) {
    connection.statement(insertIdempotencyKey).run({
      environment_id: message.environmentId,
      key: idempotency.key,
      body_hash: idempotency.bodyHash,
      application_id: message.applicationId,
      message_id: message.id,
      expires_at: idempotency.expiresAt.getTime(),
    });
  }
  return { outcome: 'appended' };
}

function toPlace(message: Message, { id, endpointId }: NewDelivery, { key, onFailure }: DeliveryOrdering) {
  return {
    application_id: message.applicationId,
    delivery_id: id,
    message_id: message.id,
    endpoint_id: endpointId,
    ordering_key: key,
    continues: onFailure === 'continue' ? 1 : 0,
  };
}

/** What became of the request that used the key before. A key that outlived its message counts as absent. */
function findIdempotent(
  connection: SqliteConnection,
  params: {
    readonly message: AppendEntry['message'];
    readonly idempotency: NonNullable<AppendEntry['idempotency']>;
    readonly now: Date;
  },
): AppendResult | undefined {
  const { message, idempotency, now } = params;
  const known = connection
    .statement<IdempotencyKeyRow>(selectIdempotencyKey)
    .get(message.environmentId, idempotency.key, now.getTime());
  if (known === undefined) return undefined;
  const earlier = connection.statement<MessageRow>(selectMessageById).get(known.application_id, known.message_id);
  if (earlier === undefined) return undefined;
  const isSame = known.body_hash === idempotency.bodyHash;
  return isSame ? { outcome: 'replayed', message: toMessage(earlier) } : { outcome: 'idempotency_mismatch' };
}
