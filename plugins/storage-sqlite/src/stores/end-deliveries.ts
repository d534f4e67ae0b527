import type { CancelReason, DeadLetterReason } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';

/** How deliveries end when nobody will attempt them any more. */
export interface Ending {
  readonly as:
    | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
    | { readonly status: 'cancelled'; readonly reason: CancelReason };
  readonly endedAt: Date;
}

/** Some 20 ms of work. */
const rowsPerSlice = 2000;

const end = `
UPDATE deliveries SET status = :status, reason = :reason, ended_at = :endedAt, lease_until = NULL, worker_id = NULL
WHERE (application_id, id) IN`;
const endPending = `${end} (
  SELECT application_id, id FROM deliveries INDEXED BY deliveries_pending
  WHERE endpoint_id = :endpointId AND status = 'pending' LIMIT :limit
)`;
/** Looks at everything in flight, which is what fits in the workers' memory. */
const endInFlight = `${end} (
  SELECT application_id, id FROM deliveries INDEXED BY deliveries_in_flight
  WHERE application_id = :applicationId AND status = 'in_flight'
)`;

/**
 * Ends the first slice of what waits for the endpoints, inside a transaction of the caller; tells whether that was all.
 * If not, `endBacklog` must follow.
 *
 * The rows of a very long queue are ended in several transactions although the port speaks of one, because a million
 * of them would stop the whole process for ten seconds. Nobody can tell the difference: what is claimed meanwhile, or
 * after a crash in between, finds its endpoint disabled or gone, and its worker ends it the same way.
 */
export function endFirstPending(
  connection: SqliteConnection,
  params: { endpointIds: readonly string[]; ending: Ending },
): boolean {
  let room = rowsPerSlice;
  for (const endpointId of params.endpointIds) {
    room -= endSlice(connection, { endpointId, ending: params.ending, limit: room });
  }
  return room > 0;
}

/** Ends the rest of what waits for the endpoints, slice by slice, for as long as `isWanted`. */
export async function endBacklog(
  connection: SqliteConnection,
  params: { endpointIds: readonly string[]; ending: Ending; isWanted: () => boolean },
): Promise<void> {
  const { ending, isWanted } = params;
  for (const endpointId of params.endpointIds) {
    let ended = rowsPerSlice;
    while (ended === rowsPerSlice) {
      await yieldToEventLoop();
      ended = connection.write(() =>
        isWanted() ? endSlice(connection, { endpointId, ending, limit: rowsPerSlice }) : 0,
      );
    }
  }
}

/** Ends what workers hold of an application, inside a transaction of the caller. */
export function endLeased(connection: SqliteConnection, params: { applicationId: string; ending: Ending }): void {
  const { applicationId, ending } = params;
  connection.statement(endInFlight).run({ ...toValues(ending), applicationId });
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

function endSlice(connection: SqliteConnection, params: { endpointId: string; ending: Ending; limit: number }): number {
  const { endpointId, ending, limit } = params;
  return connection.statement(endPending).run({ ...toValues(ending), endpointId, limit }).changes;
}

function toValues({ as, endedAt }: Ending) {
  return { status: as.status, reason: as.reason, endedAt: endedAt.getTime() };
}
