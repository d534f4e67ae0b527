import type { RetentionStore } from '@postrider/core';
import type { Pool } from 'pg';
import type { PostgresContext } from '../context.js';
import type { Statement } from '../database/transaction.js';
import { deleteExpiredKeys, deleteOldEventIds, deleteOldRollups } from '../sql/retention.js';

/** Short transactions: nobody waits long for a row, and vacuum keeps up. */
const rowsPerStatement = 5_000;

/** Retention in PostgreSQL: old days are dropped, small tables are swept. Also makes the partitions of coming days. */
export function createPostgresRetentionStore({ pool, partitions, operation }: PostgresContext): RetentionStore {
  return {
    applyRetention: operation(async ({ messagesBefore, rollupsBefore, now }) => {
      await partitions.createAhead();
      let messages = 0;
      for (const day of await partitions.list()) {
        if (day.endsAt > messagesBefore) break;
        messages += (await partitions.drop(day)) ?? 0;
      }
      const [oldestDay] = await partitions.list();
      if (oldestDay !== undefined) await sweep(pool, deleteOldEventIds, oldestDay.lowerId);
      return {
        messages,
        rollups: await sweep(pool, deleteOldRollups, rollupsBefore),
        idempotencyKeys: await sweep(pool, deleteExpiredKeys, now),
      };
    }),
  };
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
