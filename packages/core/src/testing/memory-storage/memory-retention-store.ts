import type { RetentionStore } from '../../ports/retention-store.js';
import type { MemoryContext } from './memory-context.js';
import type { MemoryDatabase, MessageLog, StoredMessage } from './memory-database.js';

/** `RetentionStore` in memory; removes to the message, not by partition. */
export function createMemoryRetentionStore({ database, operation }: MemoryContext): RetentionStore {
  return {
    applyRetention: operation(({ messagesBefore, rollupsBefore, auditBefore, tasksBefore, now }) => {
      let messages = 0;
      for (const log of database.logs.values()) {
        for (const stored of log.messages.values()) {
          if (stored.message.createdAt >= messagesBefore || isUnfinished(stored)) continue;
          removeMessage({ database, log, stored });
          messages += 1;
        }
      }
      removeWhere(
        database.keys,
        ({ applicationId, expiresAt }) => applicationId !== undefined && expiresAt !== undefined && expiresAt < now,
      );
      if (tasksBefore !== undefined) {
        removeWhere(database.tasks, ({ endedAt }) => endedAt !== undefined && endedAt < tasksBefore);
      }
      if (auditBefore !== undefined) removeWhere(database.audit, ({ createdAt }) => createdAt < auditBefore);
      return {
        messages,
        rollups: database.rollups.removeBefore(rollupsBefore),
        idempotencyKeys:
          removeWhere(database.idempotency, ({ expiresAt }) => expiresAt < now) +
          removeWhere(database.requests, ({ expiresAt }) => expiresAt < now),
      };
    }),
  };
}

function isUnfinished({ deliveries }: StoredMessage): boolean {
  return [...deliveries.values()].some(({ row }) => row.status === 'pending' || row.status === 'in_flight');
}

function removeMessage(params: { database: MemoryDatabase; log: MessageLog; stored: StoredMessage }): void {
  const { database, log, stored } = params;
  log.messages.delete(stored.message.id);
  if (stored.message.eventId !== undefined) log.messageIdByEventId.delete(stored.message.eventId);
  for (const deliveryId of stored.deliveries.keys()) database.deliveries.delete(deliveryId);
}

function removeWhere<T>(map: Map<string, T>, isUnwanted: (value: T) => boolean): number {
  let removed = 0;
  for (const [key, value] of map) {
    if (!isUnwanted(value)) continue;
    map.delete(key);
    removed += 1;
  }
  return removed;
}
