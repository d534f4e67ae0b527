import pg from 'pg';
import type { PostgresStorageOptions } from '../../src/config.js';

/** Runs the work on a plain connection to the data of a storage, with the server's own settings. */
export async function withSql<T>(
  { url, schema = 'public' }: PostgresStorageOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
