import type { EndedDeliveries, StagedRollups } from '@postrider/core';
import type pg from 'pg';
import type { PostgresContext } from '../context.js';
import { inTransaction } from '../database/transaction.js';
import { rollupQueries } from './rollup-writers.js';

/** Counts deliveries that the transaction ended, in the transaction; once per transaction. */
export type CountEnded = (ended: readonly EndedDeliveries[], endedAt: Date) => Promise<void>;

/** Runs the work in a transaction that ends deliveries without outcomes of workers. */
export function inCountingTransaction<T>(
  { pool, rollups }: Pick<PostgresContext, 'pool' | 'rollups'>,
  work: (client: pg.PoolClient, count: CountEnded) => Promise<T>,
): Promise<T> {
  return rollups.lend(async (accumulator) => {
    let staged: StagedRollups | undefined;
    const result = await inTransaction(pool, (client) => {
      staged = undefined;
      return work(client, async (ended, recordedAt) => {
        staged = accumulator.stage({ ended, recordedAt });
        for (const query of rollupQueries(staged.rows)) await client.query(query);
      });
    });
    staged?.commit();
    return result;
  });
}
