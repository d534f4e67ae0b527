/** $1 environment, $2 application, $3 message, $4 delivery: takes the delivery from the queue, if it is there. */
export const removeFromQueue = {
  name: 'remove_from_queue',
  text: `
DELETE FROM pending_deliveries q USING deliveries d
WHERE d.environment_id = $1::text AND d.application_id = $2::text AND d.message_id = $3::text AND d.id = $4::text
  AND q.application_id = $2 AND q.delivery_id = $4
RETURNING q.delivery_id`,
};

/** The same parameters: the delivery, which nobody can change meanwhile. */
export const lockDelivery = {
  name: 'lock_delivery',
  text: `
SELECT * FROM deliveries
WHERE environment_id = $1::text AND application_id = $2::text AND message_id = $3::text AND id = $4::text FOR UPDATE`,
};

/**
 * $1 application, $2 message, $3 delivery, $4 the instant, $5 the id of the attempt that may have been made under its
 * lease, or null. Returns the delivery and the event type of its message.
 */
export const cancelDelivery = {
  name: 'cancel_delivery',
  text: `
WITH cancelled AS (
  UPDATE deliveries SET status = 'cancelled', reason = 'requested', ended_at = $4::timestamptz, lease_until = NULL,
    worker_id = NULL
  WHERE application_id = $1::text AND message_id = $2::text AND id = $3::text
  RETURNING *
), described AS (
  SELECT c.*, coalesce(m.event_type, '') AS message_event_type, coalesce(e.url, '') AS url
  FROM cancelled c
  LEFT JOIN messages m ON m.application_id = $1 AND m.id = $2
  LEFT JOIN endpoints e ON e.application_id = c.application_id AND e.id = c.endpoint_id
), logged AS (
  INSERT INTO attempts (application_id, message_id, id, environment_id, endpoint_id, delivery_id, event_type, number,
    trigger, outcome, url, response_status_code, response_body, duration_ms, started_at)
  SELECT application_id, message_id, $5::text, environment_id, endpoint_id, id, message_event_type, attempt_count + 1,
    trigger, 'unknown', url, 0, '', 0, $4
  FROM described WHERE $5::text IS NOT NULL
)
SELECT * FROM described`,
};
