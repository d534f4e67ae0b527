import type {
  DeadLetterGroup,
  DeadLetterReason,
  Delivery,
  DeliveryFilter,
  DeliveryStatus,
  Page,
  PageRequest,
} from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toPage, toPageScan } from '../page.js';
import { toDelivery, type DeliveryRow } from '../rows/delivery-row.js';
import { Conditions } from '../sql/conditions.js';
import { lowestIdAfter } from '../sql/id-bounds.js';

interface Search {
  readonly environmentId: string;
  readonly filter: DeliveryFilter;
}

const allStatuses: readonly DeliveryStatus[] = ['pending', 'in_flight', 'delivered', 'dead_letter', 'cancelled'];

const isNewest = `id = (
  SELECT max(newer.id) FROM deliveries newer INDEXED BY deliveries_by_message
  WHERE newer.message_id = deliveries.message_id AND newer.endpoint_id = deliveries.endpoint_id
)`;

/**
 * Reads one page. Each wanted status is read by itself, from the index that has it in the order of ids, and the few
 * rows are merged here: one statement over several statuses would have to sort everything that matches.
 */
export function listDeliveries(
  connection: SqliteConnection,
  params: Search & { readonly page: PageRequest },
): Page<Delivery> {
  const { page, filter } = params;
  const scan = toPageScan(page);
  const rows = (filter.statuses ?? [undefined]).flatMap((status) => {
    const { text, values } = conditionsOf(params, status).forPage(page);
    const sql = `SELECT * FROM deliveries ${indexFor(filter, status)} ${text}`;
    return connection.statement<DeliveryRow>(sql).all(values);
  });
  const sign = scan.direction === 'ASC' ? 1 : -1;
  rows.sort((a, b) => (a.id < b.id ? -sign : sign));
  return toPage(page, rows.slice(0, scan.limit).map(toDelivery));
}

/**
 * Counts by status, each from its smallest index. `delivered` costs by the number of rows that the filter leaves: some
 * 0.6 µs each, and a tenth of that for a whole environment, where it follows from the length of an index.
 */
export function countDeliveries(connection: SqliteConnection, search: Search): Record<DeliveryStatus, number> {
  const counts = { pending: 0, in_flight: 0, delivered: 0, dead_letter: 0, cancelled: 0 };
  const { statuses, ...rest } = search.filter;
  if (statuses === undefined && Object.values(rest).every((value) => value === undefined)) {
    const others = allStatuses.filter((status) => status !== 'delivered');
    for (const status of others) counts[status] = count(connection, search, status);
    counts.delivered = others.reduce((left, status) => left - counts[status], count(connection, search, undefined));
    return counts;
  }
  for (const status of statuses ?? allStatuses) counts[status] = count(connection, search, status);
  return counts;
}

interface DeadLetterRow {
  readonly reason: DeadLetterReason;
  readonly application_id: string;
  readonly endpoint_id: string;
  readonly count: number;
  readonly oldest_id: string;
  readonly newest_id: string;
}

/** Dead letters by reason and endpoint, from the index that has nothing else. */
export function countDeadLetters(connection: SqliteConnection, search: Search): readonly DeadLetterGroup[] {
  const { text, values } = conditionsOf(search, 'dead_letter').forAll();
  const sql = `SELECT reason, application_id, endpoint_id, count(*) AS count, min(id) AS oldest_id, max(id) AS newest_id
    FROM deliveries ${indexFor(search.filter, 'dead_letter')} ${text} GROUP BY reason, application_id, endpoint_id`;
  return connection
    .statement<DeadLetterRow>(sql)
    .all(values)
    .map((row) => ({
      reason: row.reason,
      applicationId: row.application_id,
      endpointId: row.endpoint_id,
      count: row.count,
      oldestId: row.oldest_id,
      newestId: row.newest_id,
    }));
}

function count(connection: SqliteConnection, search: Search, status: DeliveryStatus | undefined): number {
  const { text, values } = conditionsOf(search, status).forAll();
  const sql = `SELECT count(*) AS count FROM deliveries ${indexFor(search.filter, status)} ${text}`;
  return connection.statement<{ readonly count: number }>(sql).get(values)?.count ?? 0;
}

function conditionsOf(search: Search, status: DeliveryStatus | undefined): Conditions {
  const { environmentId, filter } = search;
  const conditions = new Conditions()
    .add('environment_id = :environmentId', 'environmentId', environmentId)
    .add('application_id = :applicationId', 'applicationId', filter.applicationId)
    .add('message_id = :messageId', 'messageId', filter.messageId)
    .add('endpoint_id = :endpointId', 'endpointId', filter.endpointId)
    .add('reason = :reason', 'reason', filter.reason)
    .add('event_type IN (SELECT value FROM json_each(:eventTypes))', 'eventTypes', filter.eventTypes)
    .add('last_status_code / 100 = :statusCodeClass', 'statusCodeClass', filter.statusCodeClass)
    .addText(isUnusualCode(filter) ? '(last_status_code < 200 OR last_status_code > 299)' : undefined)
    .add('last_error_kind = :errorKind', 'errorKind', filter.errorKind)
    .add('message_created_at < :before', 'before', filter.before)
    .add('message_created_at > :after', 'after', filter.after)
    .addText(search.filter.newestOnly === true ? isNewest : undefined)
    // A delivery is never older than its message, but a replay may be much younger: there is no upper bound.
    .add('id >= :lowestId', 'lowestId', lowestIdAfter('dlv_', filter.after));
  if (status === undefined) return conditions;
  // Literals, and the condition of the partial index beside it: the planner wants to see that it applies.
  if (isUnsuccessful(status)) conditions.addText(`status IN ('pending', 'dead_letter', 'cancelled')`);
  return conditions.addText(`status = '${status}'`);
}

function indexFor(filter: DeliveryFilter, status: DeliveryStatus | undefined): string {
  if (filter.messageId !== undefined) return 'INDEXED BY deliveries_by_message';
  if (filter.endpointId === undefined && filter.errorKind !== undefined) return 'INDEXED BY deliveries_by_error_kind';
  if (filter.endpointId === undefined && isUnusualCode(filter)) return 'INDEXED BY deliveries_by_status_code';
  if (status === 'in_flight') return 'INDEXED BY deliveries_in_flight';
  if (status !== undefined && isUnsuccessful(status)) {
    return filter.endpointId === undefined
      ? 'INDEXED BY deliveries_unsuccessful_by_environment'
      : 'INDEXED BY deliveries_unsuccessful_by_endpoint';
  }
  if (filter.endpointId !== undefined) return 'INDEXED BY deliveries_by_endpoint';
  // Without an index means by the primary key, which begins with the application.
  return filter.applicationId === undefined ? 'INDEXED BY deliveries_by_environment' : 'NOT INDEXED';
}

function isUnsuccessful(status: DeliveryStatus): boolean {
  return status === 'pending' || status === 'dead_letter' || status === 'cancelled';
}

/** Codes of successes have no index: they would be most of it. */
function isUnusualCode({ statusCodeClass }: DeliveryFilter): boolean {
  return statusCodeClass !== undefined && statusCodeClass !== 2;
}
