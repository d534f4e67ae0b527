import { Client } from 'pg';
import { afterEach, expect, it } from 'vitest';
import { startCrashablePostgres, type CrashablePostgres } from './crashable-postgres.ts';

let server: CrashablePostgres | undefined;

afterEach(() => server?.stop());

it('keeps what was committed over a crash', async () => {
  server = await startCrashablePostgres();
  await query(server.url, 'CREATE TABLE invoice AS SELECT 7 AS total');

  await server.crash();
  await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await server.start();

  expect(await query(server.url, 'SELECT total FROM invoice')).toEqual([{ total: 7 }]);
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
