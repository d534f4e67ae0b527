import type { ClaimedDelivery, Logger, Message } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toDelivery, type DeliveryRow } from '../rows/delivery-row.js';
import { toMessage, type MessageRow } from '../rows/message-row.js';
import { endTurn, leaseDelivery, selectDue, selectLastTurn, selectReadyEndpoints } from '../sql/claim-due.js';

/** What a claim is asked for; see `DeliveryStore.claimDue`. */
export interface ClaimRequest {
  readonly workerId: string;
  readonly limit: number;
  readonly perEndpointLimit: number;
  readonly leaseUntil: Date;
  readonly now: Date;
  readonly firstAttemptsOnly?: boolean | undefined;
}

interface ReadyEndpoint {
  readonly endpoint_id: string;
  readonly in_flight: number;
}

/** A due delivery with its message, whose columns are NULL when it is missing. */
type DueRow = DeliveryRow & { readonly [K in Exclude<keyof MessageRow, keyof DeliveryRow>]: MessageRow[K] | null };

/** Endpoints that a claim of first attempts alone looks at: there may be very many that have only retries due. */
const maxAskedForFirstAttempts = 1_000;

const endAsInternal = `
UPDATE deliveries SET status = 'dead_letter', reason = 'internal', ended_at = ? WHERE application_id = ? AND id = ?`;

/**
 * Builds `claimDue`. Fairness lives in `endpoint_queues.turn`: each claim serves the endpoints that were served longest
 * ago, splits what it may take evenly between them, and sends them to the end of the line, so that with more waiting
 * endpoints than `limit` the next claim goes on where this one stopped. The line is kept in the database because a
 * restart must not begin at the same endpoints each time.
 */
export function createClaim(
  connection: SqliteConnection,
  deps: { logger: Logger },
): (request: ClaimRequest) => ClaimedDelivery[] {
  let lastTurn: number | undefined;

  const nextTurn = (): number => {
    lastTurn ??= connection.statement<{ readonly turn: number }>(selectLastTurn).get()?.turn ?? 0;
    lastTurn += 1;
    return lastTurn;
  };

  const takeDue = (endpointId: string, limit: number, request: ClaimRequest): ClaimedDelivery[] => {
    const claimed: ClaimedDelivery[] = [];
    for (const isRetry of request.firstAttemptsOnly === true ? [0] : [0, 1]) {
      if (claimed.length === limit) break;
      const rows = connection.statement<DueRow>(selectDue).all({
        endpoint_id: endpointId,
        is_retry: isRetry,
        now: request.now.getTime(),
        limit: limit - claimed.length,
      });
      for (const row of rows) {
        const message = readMessage(row);
        if (message === undefined) {
          deps.logger.error('A delivery cannot be read and is dead-lettered', { deliveryId: row.id });
          connection.statement(endAsInternal).run(request.now.getTime(), row.application_id, row.id);
        } else {
          claimed.push({ delivery: toDelivery(lease(row, request)), message });
        }
      }
    }
    return claimed;
  };

  const lease = (row: DueRow, request: ClaimRequest): DeliveryRow => {
    const lease_until = request.leaseUntil.getTime();
    const worker_id = request.workerId;
    connection.statement(leaseDelivery).run({
      application_id: row.application_id,
      id: row.id,
      lease_until,
      worker_id,
    });
    return { ...row, status: 'in_flight', lease_token: row.lease_token + 1, lease_until, worker_id };
  };

  return (request) => {
    const { limit, perEndpointLimit, firstAttemptsOnly = false } = request;
    const claimed: ClaimedDelivery[] = [];
    const turn = nextTurn();
    let asked = 0;
    while (claimed.length < limit && !(firstAttemptsOnly && asked >= maxAskedForFirstAttempts)) {
      const ready = connection.statement<ReadyEndpoint>(selectReadyEndpoints).all({
        now: request.now.getTime(),
        per_endpoint_limit: perEndpointLimit,
        // An endpoint that has only retries due stays ready: it is asked once.
        before_turn: firstAttemptsOnly ? turn : turn + 1,
        limit: limit - claimed.length,
      });
      if (ready.length === 0) break;
      asked += ready.length;
      // Each round either claims something of an endpoint or learns that it has nothing due: the loop ends.
      const share = Math.max(1, Math.floor((limit - claimed.length) / ready.length));
      for (const { endpoint_id, in_flight } of ready) {
        claimed.push(...takeDue(endpoint_id, Math.min(share, perEndpointLimit - in_flight), request));
        connection.statement(endTurn).run({ endpoint_id, turn });
      }
    }
    return claimed;
  };
}

/** `undefined` when the message is missing or cannot be decoded: one damaged row must not stop the queue. */
function readMessage(row: DueRow): Message | undefined {
  const { event_type, payload } = row;
  if (event_type === null || payload === null) return undefined;
  try {
    return toMessage({ ...row, event_type, payload, id: row.message_id, created_at: row.message_created_at });
  } catch {
    return undefined;
  }
}
