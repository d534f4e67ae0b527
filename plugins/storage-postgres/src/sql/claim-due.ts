/**
 * $1 instant, $2 most deliveries, $3 most in flight per endpoint, $4 the endpoint after which the round begins,
 * $5 end of the lease, $6 worker, $7 size of the probe, $8 most endpoints to look at, $9 most endpoints to consider,
 * $10 whether to leave retries alone.
 *
 * Which endpoints have due deliveries? The probe reads the longest due rows: when all due rows fit into it, it knows.
 * When they do not, one endpoint may fill it alone, so the walk goes from endpoint to endpoint by the index (a loose
 * index scan), however long their queues are, beginning behind $4 and around the end; bounded, as the next claim goes
 * on from there. Of these candidates those with a free place that are not paused get one delivery each per round.
 *
 * Claims run one at a time, under an advisory lock, because the limit per endpoint is counted and not locked. Rows
 * locked by others (the endpoint is being deleted) are passed over.
 */
export const claimDue = {
  name: 'claim_due',
  text: `
WITH RECURSIVE probe AS MATERIALIZED (
  SELECT endpoint_id, retry FROM pending_deliveries WHERE due_at <= $1::timestamptz ORDER BY due_at LIMIT $7::int
), backlog AS MATERIALIZED (
  SELECT count(*) = $7::int AS is_long FROM probe
), walk (endpoint_id, last_id, is_due, lap, steps, found) AS (
  SELECT $4::text COLLATE "C", chr(1114111) COLLATE "C", false, 0, 0, 0 FROM backlog WHERE is_long
  UNION ALL
  SELECT next.endpoint_id, next.last_id, due.is_due, next.lap, w.steps + 1, w.found + due.is_due::int
  FROM walk w
  CROSS JOIN LATERAL (
    (SELECT p.endpoint_id, w.last_id, p.retry, p.due_at, w.lap AS lap FROM pending_deliveries p
      WHERE p.endpoint_id > w.endpoint_id AND p.endpoint_id <= w.last_id
      ORDER BY p.endpoint_id, p.retry, p.due_at LIMIT 1)
    UNION ALL
    (SELECT p.endpoint_id, $4, p.retry, p.due_at, 1 AS lap FROM pending_deliveries p
      WHERE w.lap = 0 AND p.endpoint_id <= $4
      ORDER BY p.endpoint_id, p.retry, p.due_at LIMIT 1)
    ORDER BY lap LIMIT 1
  ) next
  CROSS JOIN LATERAL (
    SELECT CASE WHEN $10::boolean THEN NOT next.retry AND next.due_at <= $1
      ELSE next.due_at <= $1 OR (NOT next.retry AND EXISTS (SELECT FROM pending_deliveries p
        WHERE p.endpoint_id = next.endpoint_id AND p.retry AND p.due_at <= $1)) END AS is_due
  ) due
  WHERE w.steps < $8::int AND w.found < $9::int
), places AS (
  SELECT endpoint_id, $3::int - sum(taken)::int AS free
  FROM (
    SELECT endpoint_id, 0 AS taken, true AS is_candidate FROM probe, backlog WHERE NOT is_long AND NOT (retry AND $10)
    UNION ALL SELECT endpoint_id, 0, true FROM walk WHERE is_due
    UNION ALL SELECT endpoint_id, count(*), false FROM deliveries WHERE status = 'in_flight' GROUP BY endpoint_id
    UNION ALL SELECT id, $3::int, false FROM endpoints WHERE paused_until > $1
  ) known
  GROUP BY endpoint_id HAVING bool_or(is_candidate) AND sum(taken) < $3::int
), seats AS MATERIALIZED (
  SELECT endpoint_id, free, row_number() OVER (ORDER BY endpoint_id <= $4, endpoint_id) AS seat, count(*) OVER () AS n
  FROM places ORDER BY seat LIMIT $2::int
), picked AS (
  SELECT p.row_id, s.seat, row_number() OVER (PARTITION BY s.seat ORDER BY p.retry, p.due_at, p.delivery_id) AS round
  FROM seats s
  CROSS JOIN LATERAL (
    (SELECT f.ctid AS row_id, f.retry, f.due_at, f.delivery_id FROM pending_deliveries f
      WHERE f.endpoint_id = s.endpoint_id AND NOT f.retry AND f.due_at <= $1
      ORDER BY f.due_at, f.delivery_id LIMIT CASE WHEN s.n >= $2 THEN 1 ELSE least(s.free, $2) END)
    UNION ALL
    (SELECT r.ctid, r.retry, r.due_at, r.delivery_id FROM pending_deliveries r
      WHERE NOT $10 AND r.endpoint_id = s.endpoint_id AND r.retry AND r.due_at <= $1
      ORDER BY r.due_at, r.delivery_id LIMIT CASE WHEN s.n >= $2 THEN 1 ELSE least(s.free, $2) END)
    ORDER BY retry, due_at, delivery_id LIMIT CASE WHEN s.n >= $2 THEN 1 ELSE least(s.free, $2) END
  ) p
), chosen AS (
  SELECT row_id FROM picked ORDER BY round, seat LIMIT $2::int
), locked AS MATERIALIZED (
  SELECT ctid AS row_id FROM pending_deliveries
  WHERE ctid = ANY (ARRAY(SELECT row_id FROM chosen)) FOR UPDATE SKIP LOCKED
), taken AS (
  DELETE FROM pending_deliveries WHERE ctid = ANY (ARRAY(SELECT row_id FROM locked))
  RETURNING application_id, message_id, delivery_id
), claimed AS (
  UPDATE deliveries d
  SET status = 'in_flight', lease_token = d.lease_token + 1, lease_until = $5::timestamptz, worker_id = $6::text
  FROM taken t
  WHERE d.message_id = ANY (ARRAY(SELECT message_id FROM taken)) AND d.message_id = t.message_id
    AND d.id = t.delivery_id AND d.application_id = t.application_id AND d.status::text = 'pending'
  RETURNING d.*
)
SELECT (SELECT endpoint_id FROM walk ORDER BY steps DESC LIMIT 1) AS walked_to,
  c.application_id, c.message_id, c.id, c.environment_id, c.endpoint_id, c.trigger, c.status, c.attempt_count,
  c.lease_token, c.due_at, c.created_at, c.first_attempt_at, c.lease_until, c.ended_at, c.worker_id, c.reason,
  c.last_status_code, c.last_error_kind,
  m.event_type, m.payload, m.event_id, m.channels, m.tags, m.ordering_key, m.deliver_at, m.created_at AS message_created_at
FROM (VALUES (1)) always (one)
LEFT JOIN (claimed c CROSS JOIN LATERAL (
  SELECT * FROM messages WHERE application_id = c.application_id AND id = c.message_id LIMIT 1
) m) ON true`,
};
