import { leaveLines } from './ordering.js';

/**
 * Ends of leases, as arrays: $1–$7 what becomes of the deliveries, $8–$18 the attempts (null ids where none was made),
 * $19 the instant. Returns the positions of the accepted rows.
 */
export const recordOutcomes = {
  name: 'record_outcomes',
  text: `
WITH outcome AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[],
    $8::text[], $9::int[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[], $15::text[],
    $16::float8[], $17::timestamptz[], $18::text[]) WITH ORDINALITY
    AS t (application_id, message_id, delivery_id, lease_token, status, reason, due_at,
      attempt_id, number, trigger, outcome, url, response_status_code, response_body, error_kind,
      duration_ms, started_at, event_type, position)
), recorded AS (
  UPDATE deliveries d
  SET status = o.status::delivery_status, reason = o.reason, due_at = coalesce(o.due_at, d.due_at),
    attempt_count = d.attempt_count + (o.attempt_id IS NOT NULL)::int,
    first_attempt_at = coalesce(d.first_attempt_at, o.started_at),
    last_status_code = coalesce(o.response_status_code, d.last_status_code),
    last_error_kind = CASE WHEN o.attempt_id IS NULL THEN d.last_error_kind ELSE o.error_kind END,
    ended_at = CASE WHEN o.status = 'pending' THEN NULL ELSE $19::timestamptz END,
    lease_until = NULL, worker_id = NULL
  FROM outcome o
  WHERE d.message_id = ANY ($2::text[]) AND d.message_id = o.message_id AND d.id = o.delivery_id
    AND d.application_id = o.application_id AND d.lease_token = o.lease_token AND d.status::text = 'in_flight'
  RETURNING o.*, d.environment_id, d.endpoint_id, d.attempt_count
), logged AS (
  INSERT INTO attempts (application_id, message_id, id, environment_id, endpoint_id, delivery_id, event_type, number,
    trigger, outcome, url, response_status_code, response_body, error_kind, duration_ms, started_at)
  SELECT application_id, message_id, attempt_id, environment_id, endpoint_id, delivery_id, event_type, number,
    trigger, outcome, url, response_status_code, response_body, error_kind, duration_ms, started_at
  FROM recorded WHERE attempt_id IS NOT NULL
), queued AS (
  INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
  SELECT application_id, delivery_id, message_id, endpoint_id, attempt_count > 0, due_at
  FROM recorded WHERE status = 'pending'
), ${leaveLines('recorded', 'delivery_id', `l.status <> 'pending' OR (o.continues AND l.attempt_id IS NOT NULL)`)}
SELECT position::int AS position FROM recorded`,
};

/** Running totals of a writer: they replace the row. $1–$19, one array per column. */
export const writeRollups = {
  name: 'write_rollups',
  text: `
INSERT INTO rollups (environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id, attempts,
  failed_attempts, retries, max_attempt_number, delivered, dead_lettered, cancelled, duration_sum_ms, duration_min_ms,
  duration_max_ms, durations, errors, events)
SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
  $8::int[], $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::float8[], $15::float8[],
  $16::float8[], $17::json[], $18::json[], $19::json[])
ON CONFLICT (environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id) DO UPDATE SET
  attempts = excluded.attempts, failed_attempts = excluded.failed_attempts, retries = excluded.retries,
  max_attempt_number = excluded.max_attempt_number, delivered = excluded.delivered,
  dead_lettered = excluded.dead_lettered, cancelled = excluded.cancelled,
  duration_sum_ms = excluded.duration_sum_ms, duration_min_ms = excluded.duration_min_ms,
  duration_max_ms = excluded.duration_max_ms, durations = excluded.durations, errors = excluded.errors,
  events = excluded.events`,
};

/**
 * What delivery learned about endpoints, merged with what is known as `mergeEndpointState` says; unknown ones are
 * ignored. Locked in order, against deadlocks. `greatest` passes over what is null.
 */
export const writeEndpointStates = {
  name: 'write_endpoint_states',
  text: `
WITH state AS MATERIALIZED (
  SELECT e.application_id, e.id, t.generation, t.learned,
    CASE WHEN t.generation > e.learned_generation THEN t.paused_until ELSE greatest(t.paused_until, e.paused_until) END
      AS paused_until
  FROM unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[], $5::text[])
    AS t (application_id, endpoint_id, generation, paused_until, learned)
  JOIN endpoints e ON e.application_id = t.application_id AND e.id = t.endpoint_id
  WHERE t.generation >= e.learned_generation
  ORDER BY e.application_id, e.id FOR UPDATE OF e
)
UPDATE endpoints e SET paused_until = s.paused_until, learned = s.learned, learned_generation = s.generation FROM state s
WHERE e.application_id = s.application_id AND e.id = s.id
  AND (e.paused_until, e.learned, e.learned_generation) IS DISTINCT FROM (s.paused_until, s.learned, s.generation)`,
};
