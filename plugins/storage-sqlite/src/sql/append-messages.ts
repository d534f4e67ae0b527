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
  'ordering_key',
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
  'event_type',
]);

export const selectMessageIdByEventId = 'SELECT id FROM messages WHERE application_id = ? AND event_id = ?';

/**
 * A live key. Its message is read apart: joined to it, SQLite plans the statement anew at each use (it was built with
 * STAT4, which looks at the values bound to a join), and nearly every publish finds no key.
 */
export const selectIdempotencyKey = `
SELECT body_hash, application_id, message_id FROM idempotency_keys
WHERE environment_id = ? AND key = ? AND expires_at >= ?`;

export const selectMessageById = 'SELECT * FROM messages WHERE application_id = ? AND id = ?';

/** Replaces an expired record of the same key. */
export const insertIdempotencyKey = `
INSERT OR REPLACE INTO idempotency_keys (environment_id, key, body_hash, application_id, message_id, expires_at)
VALUES (:environment_id, :key, :body_hash, :application_id, :message_id, :expires_at)`;
