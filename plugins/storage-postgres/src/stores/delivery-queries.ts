import type {
  ApplicationBacklog,
  DeadLetterReason,
  DeliveryFilter,
  DeliveryStatus,
  DeliveryStore,
} from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toPage } from '../database/paging.js';
import { expediteDelivery } from '../sql/expedite-delivery.js';
import { deliveryFields } from '../sql/fields.js';
import { measureQueue } from '../sql/measure-queue.js';
import { expediteHeld, findFirstInLine } from '../sql/ordering.js';
import { createCancelDelivery } from './cancel-delivery.js';
import { messageIdBounds } from './message-id-bounds.js';
import { toDelivery, type DeliveryRow } from './records.js';

type Queries = Pick<
  DeliveryStore,
  | 'expediteDelivery'
  | 'cancelDelivery'
  | 'getDelivery'
  | 'findFirstInLine'
  | 'listDeliveries'
  | 'countDeadLetters'
  | 'countDeliveries'
  | 'measureQueue'
>;

/** The part of `DeliveryStore` that people look at; workers' part is in the lease store. */
export function createPostgresDeliveryQueries(context: PostgresContext): Queries {
  const { pool, operation } = context;
  return {
    expediteDelivery: operation(async ({ environmentId, applicationId, messageId, deliveryId, dueAt }) => {
      const values = [environmentId, applicationId, messageId, deliveryId, dueAt];
      // One that is held in a line may come into the queue between the first look there and the second.
      for (const statement of [expediteDelivery, expediteHeld, expediteDelivery]) {
        const { rowCount } = await pool.query({ ...statement, values });
        if (rowCount === 1) return true;
      }
      return false;
    }),

    cancelDelivery: operation(createCancelDelivery(context)),

    getDelivery: operation(async ({ environmentId, deliveryId }) => {
      const { rows } = await pool.query<DeliveryRow>(
        `SELECT ${deliveryFields('d')} FROM deliveries d WHERE environment_id = $1 AND id = $2`,
        [environmentId, deliveryId],
      );
      return rows[0] && toDelivery(rows[0]);
    }),

    findFirstInLine: operation(async ({ environmentId, applicationId, messageId, deliveryId }) => {
      const values = [environmentId, applicationId, messageId, deliveryId];
      const { rows } = await pool.query<DeliveryRow>({ ...findFirstInLine, values });
      return rows[0] && toDelivery(rows[0]);
    }),

    listDeliveries: operation(async ({ environmentId, filter, page }) => {
      const conditions = conditionsOf(environmentId, filter);
      if (filter.newestOnly === true) conditions.addText(isNewest);
      const text = `SELECT ${deliveryFields('d')} FROM deliveries d ${conditions.paged(page, 'id')}`;
      const { rows } = await pool.query<DeliveryRow>(text, conditions.values);
      return toPage({ rows, page, toItem: toDelivery });
    }),

    countDeadLetters: operation(async ({ environmentId, filter }) => {
      const conditions = conditionsOf(environmentId, { ...filter, statuses: ['dead_letter'] });
      const { rows } = await pool.query<DeadLetterRow>(
        `SELECT reason, application_id, endpoint_id, count(*)::float8 AS count, min(id) AS oldest_id, max(id) AS newest_id
        FROM deliveries ${conditions.where} GROUP BY reason, application_id, endpoint_id`,
        conditions.values,
      );
      return rows.map((row) => ({
        reason: row.reason,
        applicationId: row.application_id,
        endpointId: row.endpoint_id,
        count: row.count,
        oldestId: row.oldest_id,
        newestId: row.newest_id,
      }));
    }),

    countDeliveries: operation(async ({ environmentId, filter }) => {
      const conditions = conditionsOf(environmentId, filter);
      const { rows } = await pool.query<{ status: DeliveryStatus; count: number }>(
        `SELECT status, count(*)::float8 AS count FROM deliveries ${conditions.where} GROUP BY status`,
        conditions.values,
      );
      const counts = { pending: 0, in_flight: 0, delivered: 0, dead_letter: 0, cancelled: 0 };
      for (const { status, count } of rows) counts[status] = count;
      return counts;
    }),

    measureQueue: operation(async ({ now, backlogFrom = Infinity }) => {
      const { rows } = await pool.query<QueueRow>({ ...measureQueue, values: [now, backlogFrom] });
      const row = rows[0];
      return {
        ...{ pending: row?.pending ?? 0, due: row?.due ?? 0, inFlight: row?.in_flight ?? 0 },
        ...(row?.oldest_due_at && { oldestDueAt: row.oldest_due_at }),
        backlogs: row?.backlogs ?? [],
      };
    }),
  };
}

/** Never a join: it is asked for the few rows of a page, one look into the primary key each. */
const isNewest = `d.id = (
  SELECT max(n.id) FROM deliveries n
  WHERE n.message_id = d.message_id AND n.application_id = d.application_id AND n.endpoint_id = d.endpoint_id
)`;

interface DeadLetterRow {
  readonly reason: DeadLetterReason;
  readonly application_id: string;
  readonly endpoint_id: string;
  readonly count: number;
  readonly oldest_id: string;
  readonly newest_id: string;
}

interface QueueRow {
  readonly pending: number;
  readonly due: number;
  readonly in_flight: number;
  readonly oldest_due_at: Date | null;
  readonly backlogs: readonly ApplicationBacklog[];
}

function conditionsOf(environmentId: string, filter: DeliveryFilter): Conditions {
  const bounds = messageIdBounds(filter);
  const conditions = new Conditions();
  if (filter.statusCodeClass !== undefined) addStatusCodeClass(conditions, filter.statusCodeClass);
  return (
    conditions
      .add('environment_id = ?', environmentId)
      .add('application_id = ?', filter.applicationId)
      .add('message_id = ?', filter.messageId)
      .add('endpoint_id = ?', filter.endpointId)
      // One status is compared with =, which lets the index of dead letters be used.
      .add('status = ?', filter.statuses?.length === 1 ? filter.statuses[0] : undefined)
      .add('status = ANY (?::delivery_status[])', filter.statuses?.length === 1 ? undefined : filter.statuses)
      .add('reason = ?', filter.reason)
      .add('event_type = ANY (?::text[])', filter.eventTypes)
      .add('last_error_kind = ?', filter.errorKind)
      .add('message_created_at < ?', filter.before)
      .add('message_created_at > ?', filter.after)
      .add('message_id < ?', bounds.before)
      .add('message_id > ?', bounds.after)
  );
}

/** Written as the index has it, which leaves out what succeeded. */
function addStatusCodeClass(conditions: Conditions, statusCodeClass: number): void {
  conditions.add('last_status_code / 100 = ?', statusCodeClass);
  if (statusCodeClass !== 2) conditions.addText('(last_status_code < 200 OR last_status_code > 299)');
}
