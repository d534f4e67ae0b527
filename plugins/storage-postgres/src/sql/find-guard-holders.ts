/** Who holds an idempotency key, and whether the message is still there: keys may outlive a dropped partition. */
export const findKeyHolders = {
  name: 'find_key_holders',
  text: `
SELECT k.environment_id AS guard_scope, k.key AS guard_name, k.body_hash, k.message_id AS holder_id, m.*
FROM unnest($1::text[], $2::text[]) AS t (environment_id, key)
JOIN idempotency_keys k ON k.environment_id = t.environment_id AND k.key = t.key
LEFT JOIN LATERAL (SELECT * FROM messages WHERE application_id = k.application_id AND id = k.message_id LIMIT 1) m ON true`,
};

/** Who holds an event id, and whether the message is still there. */
export const findEventHolders = {
  name: 'find_event_holders',
  text: `
SELECT e.application_id AS guard_scope, e.event_id AS guard_name, e.message_id AS holder_id, m.id
FROM unnest($1::text[], $2::text[]) AS t (application_id, event_id)
JOIN event_ids e ON e.application_id = t.application_id AND e.event_id = t.event_id
LEFT JOIN LATERAL (SELECT id FROM messages WHERE application_id = e.application_id AND id = e.message_id LIMIT 1) m
  ON true`,
};

/** Removes an idempotency key whose message is gone. */
export const forgetKeyHolder = {
  name: 'forget_key_holder',
  text: 'DELETE FROM idempotency_keys WHERE environment_id = $1 AND key = $2 AND message_id = $3',
};

/** Removes an event id whose message is gone. */
export const forgetEventHolder = {
  name: 'forget_event_holder',
  text: 'DELETE FROM event_ids WHERE application_id = $1 AND event_id = $2 AND message_id = $3',
};
