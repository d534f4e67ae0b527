/**
 * Whoever deletes a row of the queue owns the delivery's change of status; so the queue is always locked first and
 * the delivery second.
 */
function endPending(scope: string): string {
  return `
WITH waiting AS MATERIALIZED (
  SELECT application_id, delivery_id FROM pending_deliveries WHERE ${scope} LIMIT $5::int FOR UPDATE
), removed AS (
  DELETE FROM pending_deliveries q USING waiting w
  WHERE q.application_id = w.application_id AND q.delivery_id = w.delivery_id
  RETURNING q.application_id, q.message_id, q.delivery_id
), ended AS (
  UPDATE deliveries d SET status = $2::delivery_status, reason = $3::text, ended_at = $4::timestamptz
  FROM removed r
  WHERE d.message_id = ANY (ARRAY(SELECT message_id FROM removed)) AND d.message_id = r.message_id
    AND d.id = r.delivery_id AND d.application_id = r.application_id AND d.status::text = 'pending'
)
SELECT count(*)::int AS ended FROM removed`;
}

/** $1 endpoint, $2 status, $3 reason, $4 the instant, $5 most rows. Returns how many were ended. */
export const endPendingOfEndpoint = {
  name: 'end_pending_of_endpoint',
  text: endPending('endpoint_id = $1::text'),
};

/** The same for all endpoints of the application $1. */
export const endPendingOfApplication = {
  name: 'end_pending_of_application',
  text: endPending('application_id = $1::text'),
};

/** $1 application, $2 status, $3 reason, $4 the instant: takes the deliveries in flight from their workers. */
export const endInFlightOfApplication = {
  name: 'end_in_flight_of_application',
  text: `
UPDATE deliveries SET status = $2::delivery_status, reason = $3::text, ended_at = $4::timestamptz,
  lease_until = NULL, worker_id = NULL
WHERE application_id = $1::text AND status = 'in_flight'`,
};
