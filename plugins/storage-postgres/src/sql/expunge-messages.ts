/** $1 environment, $2 application, $3 message ids, $4 what takes the place of the payloads, $5 now. */
export const expungeMessages = {
  name: 'expunge_messages',
  text: `
WITH expunged AS (
  UPDATE messages SET payload = $4
  WHERE environment_id = $1 AND application_id = $2 AND id = ANY ($3::text[]) RETURNING id
), called_off AS (
  DELETE FROM pending_deliveries WHERE message_id = ANY ($3::text[]) AND application_id = $2
    AND message_id IN (SELECT id FROM expunged)
  RETURNING message_id, delivery_id
), ended AS (
  UPDATE deliveries d SET status = 'cancelled', reason = 'requested', ended_at = $5::timestamptz
  FROM called_off c
  WHERE d.message_id = ANY ($3::text[]) AND d.message_id = c.message_id AND d.application_id = $2
    AND d.id = c.delivery_id
)
SELECT id FROM expunged`,
};
