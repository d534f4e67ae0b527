/**
 * The batch as arrays, one element per row: $1–$11 messages, $12–$21 deliveries, $22 the instant of the batch, $23 the
 * event types of the deliveries, $24 the ordering keys of the messages, $25–$27 those deliveries that stand in lines, in
 * order. Arrays within a row (channels, tags) come as the text of an array.
 */
const messageInput = `unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
  $9::timestamptz[], $10::timestamptz[], $11::boolean[], $24::text[])
  AS t (application_id, id, environment_id, event_type, payload, event_id, channels, tags, deliver_at, created_at, has_key,
    ordering_key)`;
const messageColumns =
  'application_id, id, environment_id, event_type, payload, event_id, channels, tags, deliver_at, created_at, ordering_key';
const messageValues = `application_id, id, environment_id, event_type, payload, event_id, channels::text[], tags::text[],
  deliver_at, created_at, ordering_key`;

const deliveryInput = `unnest($12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::timestamptz[],
  $19::timestamptz[], $20::text[], $21::timestamptz[], $23::text[])
  AS t (application_id, message_id, id, environment_id, endpoint_id, trigger, due_at, message_created_at, worker_id,
    lease_until, event_type)`;
const deliveryColumns = `application_id, message_id, id, environment_id, endpoint_id, trigger, status, attempt_count,
  lease_token, due_at, created_at, message_created_at, worker_id, lease_until, event_type`;
const deliveryValues = `application_id, message_id, id, environment_id, endpoint_id, trigger,
  (CASE WHEN worker_id IS NULL THEN 'pending' ELSE 'in_flight' END)::delivery_status, 0,
  CASE WHEN worker_id IS NULL THEN 0 ELSE 1 END, due_at, $22::timestamptz, message_created_at, worker_id, lease_until,
  event_type`;

/** The rows of the queue for the deliveries in `stored` that are pending; those of lines come when they are the first. */
const queueStored = `queued AS (
  INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
  SELECT application_id, id, message_id, endpoint_id, false, due_at FROM stored
  WHERE status = 'pending' AND id <> ALL ($25::text[])
), joined AS (
  INSERT INTO ordered_deliveries (application_id, delivery_id, message_id, endpoint_id, ordering_key, continues, held,
    due_at)
  SELECT s.application_id, s.id, s.message_id, s.endpoint_id, t.ordering_key, t.continues, true, s.due_at
  FROM unnest($25::text[], $26::text[], $27::boolean[]) WITH ORDINALITY
    AS t (delivery_id, ordering_key, continues, place)
  JOIN stored s ON s.id = t.delivery_id
  ORDER BY t.place
  RETURNING endpoint_id, ordering_key
), noted AS (
  INSERT INTO line_changes (endpoint_id, ordering_key) SELECT DISTINCT endpoint_id, ordering_key FROM joined
)`;

/** Messages and deliveries of a batch that nothing can refuse: no idempotency keys, no event ids. */
export const appendMessages = {
  name: 'append_messages',
  text: `
WITH appended AS (
  INSERT INTO messages (${messageColumns}) SELECT ${messageValues} FROM ${messageInput} RETURNING id
), stored AS (
  INSERT INTO deliveries (${deliveryColumns}) SELECT ${deliveryValues} FROM ${deliveryInput}
  RETURNING application_id, message_id, id, endpoint_id, status, due_at
), ${queueStored}
SELECT id FROM appended`,
};

/**
 * The same for a batch with guards: $28–$33 idempotency keys, $34–$37 event ids. Only messages that win both are
 * stored; their ids come back. A conflicting insert waits for the transaction that came first, so that of concurrent
 * batches exactly one wins. A key that expired counts as absent and is taken over.
 */
export const appendGuardedMessages = {
  name: 'append_guarded_messages',
  text: `
WITH won_keys AS (
  INSERT INTO idempotency_keys AS k (environment_id, key, body_hash, application_id, message_id, expires_at)
  SELECT * FROM unnest($28::text[], $29::text[], $30::text[], $31::text[], $32::text[], $33::timestamptz[])
  ON CONFLICT (environment_id, key) DO UPDATE SET body_hash = excluded.body_hash,
    application_id = excluded.application_id, message_id = excluded.message_id, expires_at = excluded.expires_at
    WHERE k.expires_at < $22
  RETURNING message_id
), won_events AS (
  INSERT INTO event_ids (application_id, event_id, message_id)
  SELECT application_id, event_id, message_id
  FROM unnest($34::text[], $35::text[], $36::text[], $37::boolean[]) AS t (application_id, event_id, message_id, has_key)
  WHERE NOT has_key OR message_id IN (SELECT message_id FROM won_keys)
  ON CONFLICT (application_id, event_id) DO NOTHING
  RETURNING message_id
), appended AS (
  INSERT INTO messages (${messageColumns}) SELECT ${messageValues} FROM ${messageInput}
  WHERE (NOT has_key OR id IN (SELECT message_id FROM won_keys))
    AND (event_id IS NULL OR id IN (SELECT message_id FROM won_events))
  RETURNING id
), stored AS (
  INSERT INTO deliveries (${deliveryColumns}) SELECT ${deliveryValues} FROM ${deliveryInput}
  WHERE message_id = ANY (ARRAY(SELECT id FROM appended))
  RETURNING application_id, message_id, id, endpoint_id, status, due_at
), ${queueStored}
SELECT id FROM appended`,
};

/** Gives keys back that were won by messages which then lost by their event id. */
export const releaseIdempotencyKeys = {
  name: 'release_idempotency_keys',
  text: `
DELETE FROM idempotency_keys k
USING unnest($1::text[], $2::text[], $3::text[]) AS t (environment_id, key, message_id)
WHERE k.environment_id = t.environment_id AND k.key = t.key AND k.message_id = t.message_id`,
};
