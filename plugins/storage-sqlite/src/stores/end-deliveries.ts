import type { DeliveryEnding, EndedDeliveries, RollupAccumulator } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { RollupCount } from './rollup-count.js';

/** How deliveries end when nobody will attempt them any more. */
export interface Ending {
  readonly as: DeliveryEnding;
  readonly endedAt: Date;
}

/** Some 20 ms of work. */
const rowsPerSlice = 2000;

const set = 'SET status = :status, reason = :reason, ended_at = :endedAt, lease_until = NULL, worker_id = NULL';
/** In the order of the index, so that counting and ending take the same rows. */
const pending = `
SELECT application_id, id, message_id, environment_id, endpoint_id FROM deliveries INDEXED BY deliveries_pending
WHERE endpoint_id = :endpointId AND status = 'pending' AND line_state < 2 ORDER BY attempt_count > 0, due_at, id LIMIT :limit`;
/** What is held in lines. */
const held = `
SELECT application_id, id, message_id, environment_id, endpoint_id FROM deliveries WHERE id IN (
  SELECT delivery_id FROM ordered_deliveries INDEXED BY ordered_deliveries_held
  WHERE endpoint_id = :endpointId AND held = 1 ORDER BY position LIMIT :limit
)`;
/** Looks at everything in flight, which is what fits in the workers' memory. */
const inFlight = `
SELECT application_id, id, message_id, environment_id, endpoint_id FROM deliveries INDEXED BY deliveries_in_flight
WHERE application_id = :applicationId AND status = 'in_flight'`;

const endThose = (those: string) =>
  `UPDATE deliveries ${set} WHERE (application_id, id) IN (SELECT application_id, id FROM (${those}))`;
const countThose = (those: string) => `
SELECT those.environment_id AS environmentId, those.application_id AS applicationId, those.endpoint_id AS endpointId,
  coalesce(messages.event_type, '') AS eventType, count(*) AS count
FROM (${those}) AS those
  LEFT JOIN messages ON messages.application_id = those.application_id AND messages.id = those.message_id
GROUP BY 1, 2, 3, 4`;

const [countPending, endPending] = [countThose(pending), endThose(pending)];
const [countHeld, endHeld] = [countThose(held), endThose(held)];
const [countInFlight, endInFlight] = [countThose(inFlight), endThose(inFlight)];

/** Deliveries that were ended, by what rollups tell apart. */
type Ended = readonly EndedDeliveries[];

/**
 * Ends the first slice of what waits for the endpoints, inside a transaction of the caller, which has to count what
 * was ended. When that was not all, `endBacklog` must follow.
 *
 * The rows of a very long queue are ended in several transactions although the port speaks of one, because a million
 * of them would stop the whole process for ten seconds. Nobody can tell the difference: what is claimed meanwhile, or
 * after a crash in between, finds its endpoint disabled or gone, and its worker ends it the same way.
 */
export function endFirstPending(
  connection: SqliteConnection,
  params: { endpointIds: readonly string[]; ending: Ending },
): { readonly ended: Ended; readonly isAll: boolean } {
  const ended: EndedDeliveries[] = [];
  let room = rowsPerSlice;
  for (const endpointId of params.endpointIds) {
    const slice = endSlice(connection, { endpointId, ending: params.ending, limit: room });
    ended.push(...slice);
    room -= sizeOf(slice);
  }
  return { ended, isAll: room > 0 };
}

/** Ends the rest of what waits for the endpoints and counts it, slice by slice, for as long as `isWanted`. Tells which. */
export async function endBacklog(
  connection: SqliteConnection,
  params: { endpointIds: readonly string[]; ending: Ending; rollups: RollupAccumulator; isWanted: () => boolean },
): Promise<Ended> {
  const { ending, rollups, isWanted } = params;
  const all: EndedDeliveries[] = [];
  for (const endpointId of params.endpointIds) {
    let size = rowsPerSlice;
    while (size === rowsPerSlice) {
      await yieldToEventLoop();
      const count = new RollupCount(connection, rollups);
      size = connection.write(() => {
        const ended = isWanted() ? endSlice(connection, { endpointId, ending, limit: rowsPerSlice }) : [];
        count.write({ ended, recordedAt: ending.endedAt });
        all.push(...ended);
        return sizeOf(ended);
      });
      count.commit();
    }
  }
  return all;
}

/** Ends what workers hold of an application, inside a transaction of the caller, which has to count it. */
export function endLeased(connection: SqliteConnection, params: { applicationId: string; ending: Ending }): Ended {
  const { applicationId, ending } = params;
  const groups = connection.statement<Group>(countInFlight).all({ applicationId });
  connection.statement(endInFlight).run({ ...toValues(ending), applicationId });
  return toEnded(groups, ending);
}

/** Forgets turns and pauses of deleted endpoints; those that still have a backlog can be claimed from at once. */
export function removeQueues(
  connection: SqliteConnection,
  params: { endpointIds: readonly string[]; isEmpty: boolean },
): void {
  for (const endpointId of params.endpointIds) {
    connection.statement('DELETE FROM endpoint_queues WHERE endpoint_id = ?').run(endpointId);
    if (params.isEmpty) continue;
    connection.statement('INSERT INTO endpoint_queues (endpoint_id, ready_at, turn) VALUES (?, 0, 0)').run(endpointId);
  }
}

/** What is held in lines goes first: nobody has to be let go on before it ends as well. */
function endSlice(connection: SqliteConnection, params: { endpointId: string; ending: Ending; limit: number }): Ended {
  const { ending, endpointId, limit } = params;
  const end = (count: string, update: string, room: number): Ended => {
    const scope = { endpointId, limit: room };
    const groups = connection.statement<Group>(count).all(scope);
    if (groups.length > 0) connection.statement(update).run({ ...toValues(ending), ...scope });
    return toEnded(groups, ending);
  };
  const heldOnes = end(countHeld, endHeld, limit);
  return [...heldOnes, ...end(countPending, endPending, limit - sizeOf(heldOnes))];
}

type Group = Omit<EndedDeliveries, keyof DeliveryEnding>;

function toEnded(groups: readonly Group[], { as }: Ending): Ended {
  return groups.map((group) => ({ ...group, ...as }));
}

function sizeOf(ended: Ended): number {
  return ended.reduce((sum, { count }) => sum + count, 0);
}

function toValues({ as, endedAt }: Ending) {
  return { status: as.status, reason: as.reason, endedAt: endedAt.getTime() };
}
