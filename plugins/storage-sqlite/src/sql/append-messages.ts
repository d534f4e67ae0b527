/** The columns of a statement and their values by the same names. */
function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`;
}

/** Inserts nothing when another message of the application has the event id. */
export const insertMessage = `${insertInto('messages', [
  'application_id',
  'id',
  'environment_id',
  'event_type',
  'event_id',
  'channels',
  'tags',
  'deliver_at',
  'created_at',
  'payload',
])} ON CONFLICT (application_id, event_id) WHERE event_id IS NOT NULL DO NOTHING`;

export const insertDelivery = insertInto('deliveries', [
  'application_id',
  'id',
  'environment_id',
  'message_id',
  'endpoint_id',
  'trigger_kind',
  'status',
  'reason',
  'due_at',
  'attempt_count',
  'first_attempt_at',
  'lease_token',
  'lease_until',
  'worker_id',
  'created_at',
  'ended_at',
  'message_created_at',
]);

export const selectMessageIdByEventId = 'SELECT id FROM messages WHERE application_id = ? AND event_id = ?';

/** The message that a live key stands for. A key that outlived its message counts as absent. */
export const selectByIdempotencyKey = `
SELECT idempotency_keys.body_hash, messages.*
FROM idempotency_keys JOIN messages
  ON messages.application_id = idempotency_keys.application_id AND messages.id = idempotency_keys.message_id
WHERE idempotency_keys.environment_id = ? AND idempotency_keys.key = ? AND idempotency_keys.expires_at >= ?`;

/** Replaces an expired record of the same key. */
export const insertIdempotencyKey = `
INSERT OR REPLACE INTO idempotency_keys (environment_id, key, body_hash, application_id, message_id, expires_at)
VALUES (:environment_id, :key, :body_hash, :application_id, :message_id, :expires_at)`;
