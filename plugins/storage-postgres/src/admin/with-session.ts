import pg from 'pg';
import type { PostgresStorageConfig } from '../config.js';
import { connectionOptions } from '../database/pool.js';
import { toStorageError } from '../errors.js';

/** Opens a connection of its own, for work that may take longer than statements of the pool are allowed to. */
export async function openSession(config: PostgresStorageConfig): Promise<pg.Client> {
  const client = new pg.Client(connectionOptions(config));
  client.on('error', () => undefined); // The running query rejects with it.
  try {
    await client.connect();
    // Unlike the statements of the hot path, these read tables from end to end.
    await client.query('SET enable_seqscan = on; SET enable_bitmapscan = on');
    return client;
  } catch (error) {
    await closeSession(client);
    throw toStorageError(error);
  }
}

/** Never rejects: a connection that is broken is closed. */
export async function closeSession(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}

/** Lends such a connection. */
export async function withSession<T>(
  config: PostgresStorageConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await openSession(config);
  try {
    return await work(client);
  } catch (error) {
    throw toStorageError(error);
  } finally {
    await closeSession(client);
  }
}
