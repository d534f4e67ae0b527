const leases = `unnest($1::text[], $2::text[], $3::text[], $4::int[]) WITH ORDINALITY
  AS t (application_id, message_id, delivery_id, lease_token, position)`;
const isHeld = `d.message_id = ANY ($2::text[]) AND d.message_id = t.message_id AND d.id = t.delivery_id
  AND d.application_id = t.application_id AND d.lease_token = t.lease_token AND d.status::text = 'in_flight'`;

/** $1–$4 leases, $5 the new end. Returns the positions of those that are held. */
export const renewLeases = {
  name: 'renew_leases',
  text: `
UPDATE deliveries d SET lease_until = $5::timestamptz FROM ${leases} WHERE ${isHeld}
RETURNING t.position::int AS position`,
};

/** $1–$4 leases, $5 when the deliveries are due. */
export const releaseLeases = {
  name: 'release_leases',
  text: `
WITH released AS (
  UPDATE deliveries d SET status = 'pending', due_at = $5::timestamptz, lease_until = NULL, worker_id = NULL
  FROM ${leases} WHERE ${isHeld}
  RETURNING d.application_id, d.message_id, d.id, d.endpoint_id, d.attempt_count
)
INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
SELECT application_id, id, message_id, endpoint_id, attempt_count > 0, $5 FROM released`,
};

/** $1 the instant, $2 most rows, $3 ids for the attempts, as many. Returns how many were reaped. */
export const reapExpired = {
  name: 'reap_expired',
  text: `
WITH expired AS MATERIALIZED (
  SELECT application_id, message_id, id FROM deliveries
  WHERE status = 'in_flight' AND lease_until < $1::timestamptz
  ORDER BY lease_until LIMIT $2::int FOR UPDATE SKIP LOCKED
), numbered AS (
  SELECT application_id, message_id, id, row_number() OVER ()::int AS position FROM expired
), reaped AS (
  UPDATE deliveries d SET status = 'pending', due_at = $1, lease_until = NULL, worker_id = NULL
  FROM numbered n
  WHERE d.message_id = ANY (ARRAY(SELECT message_id FROM numbered)) AND d.message_id = n.message_id AND d.id = n.id
    AND d.application_id = n.application_id
  RETURNING d.*, n.position
), queued AS (
  INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
  SELECT application_id, id, message_id, endpoint_id, attempt_count > 0, due_at FROM reaped
), logged AS (
  INSERT INTO attempts (application_id, message_id, id, environment_id, endpoint_id, delivery_id, event_type, number,
    trigger, outcome, url, response_status_code, response_body, duration_ms, started_at)
  SELECT r.application_id, r.message_id, ($3::text[])[r.position], r.environment_id, r.endpoint_id, r.id, m.event_type,
    r.attempt_count + 1, r.trigger, 'unknown', coalesce(e.url, ''), 0, '', 0, $1
  FROM reaped r
  CROSS JOIN LATERAL (
    SELECT event_type FROM messages WHERE application_id = r.application_id AND id = r.message_id LIMIT 1
  ) m
  LEFT JOIN endpoints e ON e.application_id = r.application_id AND e.id = r.endpoint_id
)
SELECT count(*)::int AS reaped FROM reaped`,
};
