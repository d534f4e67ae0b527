import { deliveryFields } from './fields.js';

/** One more delivery of a stored message; no row when there is no such message. */
export const appendDelivery = {
  name: 'append_delivery',
  text: `
WITH stored AS (
  INSERT INTO deliveries (application_id, message_id, id, environment_id, endpoint_id, trigger, status, attempt_count,
    lease_token, due_at, created_at, message_created_at, worker_id, lease_until, event_type)
  SELECT m.application_id, m.id, $4, m.environment_id, $5, $6,
    (CASE WHEN $8::text IS NULL THEN 'pending' ELSE 'in_flight' END)::delivery_status, 0,
    CASE WHEN $8::text IS NULL THEN 0 ELSE 1 END, $7::timestamptz, $10::timestamptz, m.created_at, $8::text,
    $9::timestamptz, m.event_type
  FROM messages m WHERE m.application_id = $2 AND m.id = $3 AND m.environment_id = $1
  RETURNING *
), queued AS (
  INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
  SELECT application_id, id, message_id, endpoint_id, false, due_at FROM stored WHERE status = 'pending'
)
SELECT ${deliveryFields('d')} FROM stored d`,
};
