import type { RetentionStore } from '@postrider/core';
import type { Pool } from 'pg';
import type { PostgresContext } from '../context.js';
import type { Statement } from '../database/transaction.js';
import { isLockTimeout } from '../errors.js';
import type { PartitionDay } from '../partitions/days.js';
import {
  deleteExpiredKeys,
  deleteExpiredRequests,
  deleteExpiredTokens,
  deleteOldAudit,
  deleteOldEventIds,
  deleteOldRollups,
  deleteOldSummaries,
  deleteOldTasks,
} from '../sql/retention.js';

/** Short transactions: nobody waits long for a row, and vacuum keeps up. */
const rowsPerStatement = 5_000;

/** Retention in PostgreSQL: old days are dropped, small tables are swept. Also makes the partitions of coming days. */
export function createPostgresRetentionStore(context: PostgresContext): RetentionStore {
  const { pool, partitions, operation } = context;
  return {
    applyRetention: operation(async ({ messagesBefore, rollupsBefore, auditBefore, tasksBefore, now }) => {
      await partitions.createAhead();
      let messages = 0;
      for (const day of await partitions.list()) {
        if (day.endsAt > messagesBefore) break;
        messages += (await dropDay(context, day)) ?? 0;
      }
      const [oldestDay] = await partitions.list();
      if (oldestDay !== undefined) await sweep(pool, deleteOldEventIds, oldestDay.lowerId);
      await sweep(pool, deleteExpiredTokens, now);
      if (auditBefore !== undefined) await sweep(pool, deleteOldAudit, auditBefore);
      if (tasksBefore !== undefined) await sweep(pool, deleteOldTasks, tasksBefore);
      return {
        messages,
        rollups:
          (await sweep(pool, deleteOldRollups, rollupsBefore)) + (await sweep(pool, deleteOldSummaries, rollupsBefore)),
        idempotencyKeys: (await sweep(pool, deleteExpiredKeys, now)) + (await sweep(pool, deleteExpiredRequests, now)),
      };
    }),
  };
}

/** A day that is in use, by a dump for example, can wait for the next run; the rest of retention cannot wait for it. */
async function dropDay({ partitions, logger }: PostgresContext, day: PartitionDay): Promise<number | undefined> {
  try {
    return await partitions.drop(day);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    logger.warn('An old day is kept: other transactions did not release its tables in time', { day: day.suffix });
    return undefined;
  }
}

/** Deletes in small portions until none is left; returns how many rows went. */
async function sweep(pool: Pool, statement: Statement, before: Date | string): Promise<number> {
  let deleted = 0;
  for (let portion = rowsPerStatement; portion > 0;) {
    const { rowCount } = await pool.query({ ...statement, values: [before, rowsPerStatement] });
    portion = rowCount ?? 0;
    deleted += portion;
  }
  return deleted;
}
