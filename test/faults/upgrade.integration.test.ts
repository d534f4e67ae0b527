/** F24: processes of this release on the schema of the next one. */
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { storageKinds } from '../e2e/support/storages.ts';
import { startDrill, type Drill } from './support/drill.ts';

const postgres = storageKinds.find(({ name }) => name === 'postgres');
let drill: Drill | undefined;
afterEach(async () => {
  await drill?.close();
  drill = undefined;
});

describe.skipIf(postgres?.available !== true)('a rolling upgrade on PostgreSQL', () => {
  it('F24 processes go on, start and deliver after a compatible migration; after a breaking one no more of them start', async () => {
    if (postgres === undefined) throw new Error('There is no PostgreSQL.');
    const own = await startDrill(postgres);
    drill = own;
    const first = await own.start();
    const customer = await own.addCustomer(first, { good: 'good' });
    expect(await own.publishMany(first, customer, 20)).toBe(20);

    const client = new Client({ connectionString: own.storage.environment['POSTRIDER_DATABASE_URL'] });
    await client.connect();
    try {
      const { rows } = await client.query<{ table_schema: string }>(
        `SELECT table_schema FROM information_schema.tables WHERE table_name = 'schema_migrations'`,
      );
      await client.query(`SET search_path TO "${rows[0]?.table_schema ?? ''}"`);
      await client.query(`ALTER TABLE messages ADD COLUMN of_the_next_release text;
        ALTER TABLE deliveries ADD COLUMN of_the_next_release integer NOT NULL DEFAULT 0;
        INSERT INTO schema_migrations VALUES (9001, 'of the next release', false, now())`);
      expect(await own.publishMany(first, customer, 20)).toBe(20);
      const second = await own.start();
      expect(await own.publishMany(second, customer, 20)).toBe(20);
      expect(second.output()).toContain('of the next release');

      await client.query(`INSERT INTO schema_migrations VALUES (9002, 'that breaks', true, now())`);
      await expect(own.start()).rejects.toThrow(/STORAGE_SCHEMA_TOO_NEW/);
      expect(await own.publishMany(first, customer, 20)).toBe(20);
    } finally {
      await client.end();
    }
    expect(own.accepted.size).toBe(80);
    expect(await own.verdict(first)).toEqual([]);
  }, 120_000);
});
