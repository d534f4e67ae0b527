/** $1 environment, $2 application, $3 message, $4 delivery, $5 when it is due. A row when the delivery was pending. */
export const expediteDelivery = {
  name: 'expedite_delivery',
  text: `
WITH moved AS (
  UPDATE pending_deliveries q SET due_at = $5::timestamptz
  FROM deliveries d
  WHERE d.environment_id = $1::text AND d.application_id = $2::text AND d.message_id = $3::text AND d.id = $4::text
    AND q.application_id = $2 AND q.delivery_id = $4
  RETURNING q.delivery_id
)
UPDATE deliveries d SET due_at = $5 FROM moved
WHERE d.application_id = $2 AND d.message_id = $3 AND d.id = moved.delivery_id AND d.status = 'pending'
RETURNING d.id`,
};
