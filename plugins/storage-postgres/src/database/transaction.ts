import type pg from 'pg';
import { isConnectionSuspect, isTransactionConflict } from '../errors.js';

/** A statement, prepared once per connection under its name when it has one. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** A statement with its parameters, or plain SQL. */
export type Query = pg.QueryConfig | string;

/** Most times that a transaction is run which loses against concurrent ones. */
const maxRuns = 3;

/**
 * Lends a connection. Whatever happens it goes back clean: rolled back when a transaction was left open, thrown away
 * when it cannot be trusted any more.
 */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let suspect = false;
  try {
    return await work(client);
  } catch (error) {
    suspect = isConnectionSuspect(error);
    throw error;
  } finally {
    if (!suspect && client.getTransactionStatus() !== 'I') suspect = !(await rollBack(client));
    client.release(suspect);
  }
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false; // The caller throws the error that led here; this connection is discarded.
  }
}

/**
 * Sends all queries at once and waits for all answers. When one fails the server still runs the rest: in a transaction
 * they fail too, and a closing COMMIT rolls back.
 */
export async function pipeline(client: pg.PoolClient, queries: readonly Query[]): Promise<pg.QueryResult[]> {
  const settled = await Promise.allSettled(queries.map((query) => client.query(query)));
  const results: pg.QueryResult[] = [];
  for (const answer of settled) {
    if (answer.status === 'rejected') throw answer.reason;
    results.push(answer.value);
  }
  return results;
}

/** Runs the work in a transaction; again when a concurrent one made it fail. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return repeatOnConflict(() =>
    withClient(pool, async (client) => {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    }),
  );
}

/** Runs a whole transaction again when it was rolled back in favour of another one. */
export async function repeatOnConflict<T>(transaction: () => Promise<T>): Promise<T> {
  for (let run = 1; ; run += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (run === maxRuns || !isTransactionConflict(error)) throw error;
    }
  }
}
