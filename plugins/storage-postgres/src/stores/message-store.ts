import { expungedPayload, type MessageStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toPage } from '../database/paging.js';
import { appendDelivery } from '../sql/append-delivery.js';
import { createAppendMessages } from './append-messages.js';
import { messageIdBounds } from './message-id-bounds.js';
import { toDelivery, toMessage, type DeliveryRow, type MessageRow } from './records.js';

/** Messages in PostgreSQL. */
export function createPostgresMessageStore(context: PostgresContext): MessageStore {
  const { pool, operation } = context;

  return {
    appendMessages: operation(createAppendMessages(context)),

    getMessage: operation(async ({ environmentId, applicationId, message }) => {
      const id =
        'id' in message ? '$3' : '(SELECT message_id FROM event_ids WHERE application_id = $2 AND event_id = $3)';
      const { rows } = await pool.query<MessageRow>(
        `SELECT * FROM messages WHERE environment_id = $1 AND application_id = $2 AND id = ${id}`,
        [environmentId, applicationId, 'id' in message ? message.id : message.uid],
      );
      return rows[0] && toMessage(rows[0]);
    }),

    findMessages: operation(async ({ environmentId, applicationId, messageIds, withPayload }) => {
      const { rows } = await pool.query<MessageRow>(
        `SELECT ${columnsOf(withPayload)} FROM messages
        WHERE application_id = $1 AND id = ANY ($2::text[]) AND environment_id = $3`,
        [applicationId, messageIds, environmentId],
      );
      return rows.map(toMessage);
    }),

    expungeMessages: operation(async ({ environmentId, applicationId, messageIds }) => {
      const { rows } = await pool.query<{ id: string }>(
        `UPDATE messages SET payload = $4
        WHERE application_id = $1 AND id = ANY ($2::text[]) AND environment_id = $3 RETURNING id`,
        [applicationId, messageIds, environmentId, expungedPayload],
      );
      return rows.map(({ id }) => id);
    }),

    listMessages: operation(async ({ environmentId, applicationId, filter, withPayload, page }) => {
      const bounds = messageIdBounds(filter);
      const conditions = new Conditions()
        .add('environment_id = ?', environmentId)
        .add('application_id = ?', applicationId)
        .add('event_type = ANY (?)', filter.eventTypes)
        .add('? = ANY (channels)', filter.channel)
        .add('? = ANY (tags)', filter.tag)
        .add('created_at < ?', filter.before)
        .add('created_at > ?', filter.after)
        .add('id < ?', bounds.before)
        .add('id > ?', bounds.after);
      const { rows } = await pool.query<MessageRow>(
        `SELECT ${columnsOf(withPayload)} FROM messages ${conditions.paged(page, 'id')}`,
        conditions.values,
      );
      return toPage({ rows, page, toItem: toMessage });
    }),

    appendDelivery: operation(async ({ environmentId, applicationId, messageId, delivery, now }) => {
      const { rows } = await pool.query<DeliveryRow>({
        ...appendDelivery,
        values: [
          environmentId,
          applicationId,
          messageId,
          delivery.id,
          delivery.endpointId,
          delivery.trigger,
          delivery.dueAt,
          delivery.lease?.workerId,
          delivery.lease?.leaseUntil,
          now,
        ],
      });
      const row = rows[0];
      return row ? { outcome: 'appended', delivery: toDelivery(row) } : { outcome: 'message_missing' };
    }),
  };
}

function columnsOf(withPayload: boolean): string {
  const payload = withPayload ? 'payload' : `'' AS payload`;
  return `id, environment_id, application_id, event_type, ${payload}, event_id, channels, tags, ordering_key, deliver_at,
    created_at`;
}
