import type { RetentionStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';

/** Rows per transaction: some 10 ms, after which waiting publishes and outcomes get their turn. */
const messagesPerChunk = 200;
const rowsPerChunk = 1000;

const selectOldMessages = `
SELECT rowid, created_at FROM messages INDEXED BY messages_by_age
WHERE (created_at, rowid) > (:createdAt, :rowid) AND created_at < :before
ORDER BY created_at, rowid LIMIT ${messagesPerChunk}`;
/** Deliveries and attempts go with their message, by foreign key. */
const deleteFinishedMessage = `
DELETE FROM messages WHERE rowid = ? AND NOT EXISTS (
  SELECT 1 FROM deliveries INDEXED BY deliveries_by_message
  WHERE deliveries.message_id = messages.id AND deliveries.application_id = messages.application_id
    AND deliveries.status IN ('pending', 'in_flight')
)`;
const deleteOldRollups = `
DELETE FROM rollups WHERE rowid IN (SELECT rowid FROM rollups WHERE bucket_at < ? LIMIT ${rowsPerChunk})`;
const deleteOldSummaries = `
DELETE FROM rollup_summaries WHERE rowid IN (
  SELECT rowid FROM rollup_summaries WHERE bucket_at < ? LIMIT ${rowsPerChunk}
)`;
const deleteExpiredKeys = `
DELETE FROM idempotency_keys WHERE (environment_id, key) IN (
  SELECT environment_id, key FROM idempotency_keys WHERE expires_at < ? LIMIT ${rowsPerChunk}
)`;
const deleteExpiredRequests = `
DELETE FROM requests WHERE (environment_id, key) IN (
  SELECT environment_id, key FROM requests WHERE expires_at < ? LIMIT ${rowsPerChunk}
)`;
const deleteExpiredTokens = `
DELETE FROM api_keys WHERE id IN (
  SELECT id FROM api_keys WHERE application_id IS NOT NULL AND expires_at < ? LIMIT ${rowsPerChunk}
)`;
const deleteOldAudit = `
DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE created_at < ? LIMIT ${rowsPerChunk})`;
const deleteOldTasks = `
DELETE FROM tasks WHERE id IN (SELECT id FROM tasks WHERE ended_at < ? LIMIT ${rowsPerChunk})`;
/** Queues that deleted endpoints left behind because something was in flight. */
const deleteOrphanedQueues = `
DELETE FROM endpoint_queues WHERE ready_at IS NULL AND endpoint_id NOT IN (SELECT id FROM endpoints)`;

interface OldMessage {
  readonly rowid: number;
  readonly created_at: number;
}

/** Removal of old data in SQLite, in short transactions. */
export function createRetentionStore(connection: SqliteConnection): RetentionStore {
  const removeMessages = async (before: Date): Promise<number> => {
    let removed = 0;
    // Goes on behind the last message looked at: unfinished ones stay and are not looked at again.
    let last: OldMessage = { created_at: Number.MIN_SAFE_INTEGER, rowid: 0 };
    for (;;) {
      const position = { createdAt: last.created_at, rowid: last.rowid, before: before.getTime() };
      const chunk = connection.statement<OldMessage>(selectOldMessages).all(position);
      removed += connection.write(() => {
        const statement = connection.statement(deleteFinishedMessage);
        return chunk.reduce((count, { rowid }) => count + statement.run(rowid).changes, 0);
      });
      const lastOfChunk = chunk.at(-1);
      if (lastOfChunk === undefined || chunk.length < messagesPerChunk) return removed;
      last = lastOfChunk;
      await yieldToEventLoop();
    }
  };

  const removeRows = async (sql: string, before: Date): Promise<number> => {
    let removed = 0;
    for (;;) {
      const { changes } = connection.write(() => connection.statement(sql).run(before.getTime()));
      removed += changes;
      if (changes < rowsPerChunk) return removed;
      await yieldToEventLoop();
    }
  };

  return {
    applyRetention: ({ messagesBefore, rollupsBefore, auditBefore, tasksBefore, now, signal }) =>
      connection.run(signal, async () => {
        connection.write(() => connection.statement(deleteOrphanedQueues).run());
        await removeRows(deleteExpiredTokens, now);
        if (auditBefore !== undefined) await removeRows(deleteOldAudit, auditBefore);
        if (tasksBefore !== undefined) await removeRows(deleteOldTasks, tasksBefore);
        return {
          messages: await removeMessages(messagesBefore),
          rollups:
            (await removeRows(deleteOldRollups, rollupsBefore)) + (await removeRows(deleteOldSummaries, rollupsBefore)),
          idempotencyKeys: (await removeRows(deleteExpiredKeys, now)) + (await removeRows(deleteExpiredRequests, now)),
        };
      }),
  };
}
