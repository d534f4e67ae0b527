/**
 * The endpoints to serve next: those that may have due deliveries and have room in flight, longest unserved first.
 * Costs by the number of such endpoints, however long their queues are. Only those whose last turn came before
 * `before_turn`.
 */
export const selectReadyEndpoints = `
SELECT endpoint_id, in_flight FROM (
  SELECT endpoint_id, turn, ready_at, (
    SELECT count(*) FROM deliveries
    WHERE deliveries.endpoint_id = endpoint_queues.endpoint_id AND deliveries.status = 'in_flight'
  ) AS in_flight
  FROM endpoint_queues WHERE ready_at <= :now AND turn < :before_turn
)
WHERE in_flight < :per_endpoint_limit
ORDER BY turn, ready_at, endpoint_id
LIMIT :limit`;

/** Due deliveries of an endpoint with their messages; retries when `is_retry` is 1, else first attempts. */
export const selectDue = `
SELECT
  deliveries.*, messages.event_type, messages.event_id, messages.channels, messages.tags, messages.deliver_at,
  messages.payload, messages.ordering_key
FROM deliveries INDEXED BY deliveries_pending LEFT JOIN messages
  ON messages.application_id = deliveries.application_id AND messages.id = deliveries.message_id
WHERE deliveries.endpoint_id = :endpoint_id AND deliveries.status = 'pending' AND deliveries.line_state < 2
  AND (deliveries.attempt_count > 0) = :is_retry AND deliveries.due_at <= :now
ORDER BY deliveries.due_at, deliveries.id
LIMIT :limit`;

export const leaseDelivery = `
UPDATE deliveries SET status = 'in_flight', lease_token = lease_token + 1, lease_until = :lease_until, worker_id = :worker_id
WHERE application_id = :application_id AND id = :id`;

/** Sends the endpoint to the end of the line and notes when it will have something to do. */
export const endTurn = `
UPDATE endpoint_queues SET turn = :turn, ready_at = (
  SELECT min(due_at) FROM (
    SELECT min(due_at) AS due_at FROM deliveries INDEXED BY deliveries_pending
    WHERE endpoint_id = :endpoint_id AND status = 'pending' AND line_state < 2 AND (attempt_count > 0) = 0
    UNION ALL
    SELECT min(due_at) FROM deliveries INDEXED BY deliveries_pending
    WHERE endpoint_id = :endpoint_id AND status = 'pending' AND line_state < 2 AND (attempt_count > 0) = 1
  )
) WHERE endpoint_id = :endpoint_id`;

export const selectLastTurn = 'SELECT coalesce(max(turn), 0) AS turn FROM endpoint_queues';
