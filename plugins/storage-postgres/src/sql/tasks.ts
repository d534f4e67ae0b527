const columns = `id, environment_id, application_id, type, input, state, cursor, scanned, affected, result, failure,
  failures, run_at, lease_token, lease_until, worker_id, created_at, updated_at, ended_at`;

/** The columns of a task; sums as numbers. */
export const taskFields = columns
  .replace('scanned, affected', 'scanned::float8 AS scanned, affected::float8 AS affected')
  .replaceAll(/\s+/g, ' ');

export const insertTask = {
  name: 'insert_task',
  text: `INSERT INTO tasks (${columns})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
};

/**
 * $1 now, $2 the worker, $3 the end of the lease. Two looks, each by its index; what another worker is about to take is
 * passed over.
 */
export const claimTask = {
  name: 'claim_task',
  text: `
WITH waiting AS MATERIALIZED (
  SELECT id, run_at FROM tasks WHERE state = 'waiting' AND run_at <= $1::timestamptz
  ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
), abandoned AS MATERIALIZED (
  SELECT id, run_at FROM tasks WHERE state = 'running' AND lease_until < $1::timestamptz
  ORDER BY lease_until LIMIT 20 FOR UPDATE SKIP LOCKED
), pick AS (
  SELECT id FROM (SELECT * FROM waiting UNION ALL SELECT * FROM abandoned) t ORDER BY run_at, id LIMIT 1
)
UPDATE tasks SET state = 'running', lease_token = lease_token + 1, lease_until = $3::timestamptz, worker_id = $2,
  updated_at = $1::timestamptz
WHERE id = ANY (ARRAY(SELECT id FROM pick)) RETURNING ${taskFields}`,
};

/** $1 environment, $2 task, $3 token. Holds the row until the end of the transaction: nobody can pause or take it. */
export const lockLeasedTask = {
  name: 'lock_leased_task',
  text: `SELECT id FROM tasks
WHERE id = $2 AND environment_id = $1 AND state = 'running' AND lease_token = $3 FOR UPDATE`,
};

/** $1 environment, $2–$7 one element for each delivery, $8 now. Messages that are not there get none. */
export const appendTaskDeliveries = {
  name: 'append_task_deliveries',
  text: `
WITH given AS MATERIALIZED (
  SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    AS t (application_id, message_id, id, endpoint_id, trigger, due_at)
), stored AS (
  INSERT INTO deliveries (application_id, message_id, id, environment_id, endpoint_id, trigger, status, attempt_count,
    lease_token, due_at, created_at, message_created_at, event_type)
  SELECT m.application_id, m.id, g.id, m.environment_id, g.endpoint_id, g.trigger, 'pending', 0, 0, g.due_at,
    $8::timestamptz, m.created_at, m.event_type
  FROM given g JOIN messages m ON m.application_id = g.application_id AND m.id = g.message_id
  WHERE m.id = ANY ($3::text[]) AND m.environment_id = $1
  RETURNING application_id, message_id, id, endpoint_id, due_at
), queued AS (
  INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
  SELECT application_id, id, message_id, endpoint_id, false, due_at FROM stored
)
SELECT count(*)::int AS appended FROM stored`,
};

/** $1 task, $2 cursor, $3 scanned, $4 affected, $5 state, $6 run_at, $7 lease end, $8 result, $9 failure, $10 failures, $11 now, $12 end. */
export const moveTask = {
  name: 'move_task',
  text: `
UPDATE tasks SET cursor = $2, scanned = $3, affected = $4, state = $5, run_at = coalesce($6::timestamptz, run_at),
  lease_until = $7::timestamptz, worker_id = CASE WHEN $7::timestamptz IS NULL THEN NULL ELSE worker_id END,
  result = $8::json, failure = $9, failures = coalesce($10::integer, failures), updated_at = $11::timestamptz,
  ended_at = $12::timestamptz
WHERE id = $1`,
};

/** $1 environment, $2 task, $3 states it may be in, $4 the new one, $5 now. */
export const controlTask = {
  name: 'control_task',
  text: `
UPDATE tasks SET state = $4, lease_until = NULL, worker_id = NULL, updated_at = $5::timestamptz,
  run_at = CASE WHEN $4 = 'waiting' THEN $5::timestamptz ELSE run_at END,
  ended_at = CASE WHEN $4 = 'cancelled' THEN $5::timestamptz END
WHERE id = $2 AND environment_id = $1 AND state = ANY ($3::text[]) RETURNING ${taskFields}`,
};
