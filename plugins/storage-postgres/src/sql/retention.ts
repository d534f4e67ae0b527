/** Deletes up to $2 rows; those that others are at are left to the next run. */
function deletePortion(table: string, key: readonly string[], condition: string): string {
  const columns = key.join(', ');
  const isSame = key.map((column) => `t.${column} = d.${column}`).join(' AND ');
  return `
WITH doomed AS MATERIALIZED (
  SELECT ${columns} FROM ${table} WHERE ${condition} LIMIT $2::int FOR UPDATE SKIP LOCKED
)
DELETE FROM ${table} t USING doomed d WHERE ${isSame}`;
}

/** $1 the instant before which keys have expired. */
export const deleteExpiredKeys = {
  name: 'delete_expired_keys',
  text: deletePortion('idempotency_keys', ['environment_id', 'key'], 'expires_at < $1::timestamptz'),
};

/** $1 the least message id that is still stored. */
export const deleteOldEventIds = {
  name: 'delete_old_event_ids',
  text: deletePortion('event_ids', ['application_id', 'event_id'], 'message_id < $1::text'),
};

/** $1 the instant before which buckets begin. */
export const deleteOldRollups = {
  name: 'delete_old_rollups',
  text: deletePortion(
    'rollups',
    ['environment_id', 'bucket_at', 'application_id', 'endpoint_id', 'event_type', 'writer_id'],
    'bucket_at < $1::timestamptz',
  ),
};

/** $1 the instant before which buckets begin. */
export const deleteOldSummaries = {
  name: 'delete_old_summaries',
  text: deletePortion(
    'rollup_summaries',
    ['environment_id', 'event_type', 'application_id', 'endpoint_id', 'span_minutes', 'bucket_at'],
    'bucket_at < $1::timestamptz',
  ),
};

/** $1 the instant before which answered requests have expired. */
export const deleteExpiredRequests = {
  name: 'delete_expired_requests',
  text: deletePortion('requests', ['environment_id', 'key'], 'expires_at < $1::timestamptz'),
};

/** $1 the instant before which portal tokens have expired. */
export const deleteExpiredTokens = {
  name: 'delete_expired_tokens',
  text: deletePortion('api_keys', ['id'], 'application_id IS NOT NULL AND expires_at < $1::timestamptz'),
};

/** $1 the instant before which entries of the audit log were made. */
export const deleteOldAudit = {
  name: 'delete_old_audit',
  text: deletePortion('audit_log', ['id'], 'created_at < $1::timestamptz'),
};

/** $1 the instant before which tasks ended. */
export const deleteOldTasks = {
  name: 'delete_old_tasks',
  text: deletePortion('tasks', ['id'], 'ended_at < $1::timestamptz'),
};
