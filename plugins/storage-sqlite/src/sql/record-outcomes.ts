/** Ends a lease; changes nothing when it is no longer the caller's. */
export const settleDelivery = `
UPDATE deliveries SET
  status = :status,
  reason = :reason,
  due_at = coalesce(:due_at, due_at),
  attempt_count = attempt_count + :attempts,
  first_attempt_at = coalesce(first_attempt_at, :attempted_at),
  last_status_code = coalesce(:status_code, last_status_code),
  last_error_kind = CASE WHEN :status_code IS NULL THEN last_error_kind ELSE :error_kind END,
  lease_until = NULL,
  worker_id = NULL,
  ended_at = :ended_at
WHERE application_id = :application_id AND id = :id AND message_id = :message_id AND lease_token = :lease_token
  AND status = 'in_flight'`;

export const insertAttempt = `
INSERT INTO attempts (
  application_id, id, environment_id, message_id, endpoint_id, delivery_id, event_type, number, trigger_kind, outcome,
  url, response_status_code, error_kind, duration_ms, started_at, response_body
) VALUES (
  :application_id, :id, :environment_id, :message_id, :endpoint_id, :delivery_id, :event_type, :number, :trigger_kind,
  :outcome, :url, :response_status_code, :error_kind, :duration_ms, :started_at, :response_body
)`;

/** Writes a running total over the writer's previous one. */
export const upsertRollup = `
INSERT INTO rollups (
  environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id, attempts, failed_attempts, retries,
  max_attempt_number, delivered, dead_lettered, cancelled, duration_sum_ms, duration_min_ms, duration_max_ms, durations,
  errors, events
) VALUES (
  :environment_id, :bucket_at, :application_id, :endpoint_id, :event_type, :writer_id, :attempts, :failed_attempts,
  :retries, :max_attempt_number, :delivered, :dead_lettered, :cancelled, :duration_sum_ms, :duration_min_ms,
  :duration_max_ms, :durations, :errors, :events
) ON CONFLICT (environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id) DO UPDATE SET
  attempts = excluded.attempts,
  failed_attempts = excluded.failed_attempts,
  retries = excluded.retries,
  max_attempt_number = excluded.max_attempt_number,
  delivered = excluded.delivered,
  dead_lettered = excluded.dead_lettered,
  cancelled = excluded.cancelled,
  duration_sum_ms = excluded.duration_sum_ms,
  duration_min_ms = excluded.duration_min_ms,
  duration_max_ms = excluded.duration_max_ms,
  durations = excluded.durations,
  errors = excluded.errors,
  events = excluded.events`;

/** The larger of two, when there are two. */
const mergedPause = `CASE WHEN excluded.generation > endpoint_queues.generation THEN excluded.paused_until
    ELSE coalesce(max(excluded.paused_until, paused_until), excluded.paused_until, paused_until) END`;

/**
 * Merges what is known about an endpoint that exists, as `mergeEndpointState` says. `ready_at` becomes a lower bound again (see the table): the
 * end of the pause, or the beginning of time without one; the next claim corrects it.
 */
export const upsertEndpointState = `
INSERT INTO endpoint_queues (endpoint_id, generation, paused_until, learned, turn)
SELECT id, :generation, :paused_until, :learned, 0 FROM endpoints WHERE id = :endpoint_id AND application_id = :application_id
ON CONFLICT (endpoint_id) DO UPDATE SET
  generation = excluded.generation,
  paused_until = ${mergedPause},
  learned = excluded.learned,
  ready_at = CASE WHEN ready_at IS NULL THEN NULL ELSE coalesce(${mergedPause}, 0) END
WHERE excluded.generation >= endpoint_queues.generation`;
