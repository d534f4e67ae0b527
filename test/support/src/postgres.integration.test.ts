import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, requireService } from './index.ts';

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('createTestDatabase', () => {
  it('copies a template and drops the copy', async () => {
    const template = await createTestDatabase();
    await query(template.url, 'CREATE TABLE invoice AS SELECT 7 AS total');
    const copy = await createTestDatabase({ template: template.name });

    expect(await query(copy.url, 'SELECT total FROM invoice')).toEqual([{ total: 7 }]);

    await copy.drop();
    await template.drop();
    await expect(query(copy.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('tells of a connection that a test left open, and drops the database even so', async () => {
    const database = await createTestDatabase();
    const leaked = new Client({ connectionString: database.url });
    leaked.on('error', () => undefined);
    await leaked.connect();

    await expect(database.drop()).rejects.toThrow('1 connection(s)');
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  }, 15_000);
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
