import { silentLogger, systemClock } from '@postrider/core';
import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { createTestDatabase, requireService } from '@postrider/test-support';
import { afterAll, describe, expect, it } from 'vitest';
import { postgresStorageConfig } from '../src/config.js';
import { migrations } from '../src/migrations/index.js';
import { migrate } from '../src/migrations/migrate.js';
import { createPostgresStorage } from '../src/postgres-storage.js';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('migrating', () => {
  const storages = new TestStorages();
  afterAll(() => storages.drop());

  /** Options of a schema of its own that was migrated, and the names of what was applied to it. */
  const migratedSchema = async () => {
    const storage = await storages.create();
    await storage.close();
    return storages.optionsOf(storage);
  };
  const appliedTo = (options: Awaited<ReturnType<typeof migratedSchema>>) =>
    withSql(options, async (client) => {
      const { rows } = await client.query<{ number: number; name: string }>(
        'SELECT number, name FROM schema_migrations ORDER BY number',
      );
      return rows;
    });
  const expected = migrations.map(({ number, name }) => ({ number, name }));

  it('numbers its steps in ascending order', () => {
    const numbers = migrations.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('by many at once applies every step once', async () => {
    const options = { ...(await migratedSchema()), schema: 'contested' };
    const contenders = Array.from({ length: 6 }, () =>
      createPostgresStorage(options, { logger: silentLogger, clock: new FakeClock({ startAt }) }),
    );

    await Promise.all(contenders.map((storage) => storage.migrate({})));

    expect(await appliedTo(options)).toEqual(expected);
    for (const storage of contenders) expect(await storage.listEnvironments({})).toEqual([]);
    await Promise.all(contenders.map((storage) => storage.close()));
  });

  it('refuses a database that cannot hold every Unicode text, before it changes anything', async () => {
    const database = await createTestDatabase({ template: 'template0', encoding: 'SQL_ASCII' });
    const storage = createPostgresStorage({ url: database.url }, { logger: silentLogger });

    await expect(storage.migrate({})).rejects.toMatchObject({
      code: 'STORAGE_MIGRATION_FAILED',
      message: expect.stringMatching(/encoding SQL_ASCII, expected UTF8/u) as string,
    });

    await storage.close();
    await database.drop();
  });

  const addMigration = (options: Awaited<ReturnType<typeof migratedSchema>>, breaking: boolean): Promise<unknown> =>
    withSql(options, (client) =>
      client.query(`INSERT INTO schema_migrations VALUES (999, 'from-the-future', $1, now())`, [breaking]),
    );

  it('is refused where a newer version made a breaking change', async () => {
    const options = await migratedSchema();
    await addMigration(options, true);
    const storage = createPostgresStorage(options, { logger: silentLogger });

    await expect(storage.migrate({})).rejects.toMatchObject({
      code: 'STORAGE_SCHEMA_TOO_NEW',
      message: expect.stringContaining('999 (from-the-future)') as string,
    });
    await expect(storage.listEnvironments({})).rejects.toMatchObject({ code: 'STORAGE_CLOSED' });
    await storage.close();
  });

  it('warns where a newer version made a compatible change, and works', async () => {
    const options = await migratedSchema();
    await addMigration(options, false);
    const logger = createRecordingLogger();
    const storage = createPostgresStorage(options, { logger });

    await storage.migrate({});

    expect(logger.lines.map(({ level, fields }) => ({ level, fields }))).toEqual([
      { level: 'warn', fields: { migrations: '999 (from-the-future)' } },
    ]);
    expect(await storage.listEnvironments({})).toEqual([]);
    await storage.close();
  });

  it('undoes a step that fails, and keeps those before it', async () => {
    const options = { ...(await migratedSchema()), schema: 'half_way' };
    const config = postgresStorageConfig.parse(options);
    const broken = { number: 1002, name: 'broken', breaking: false, sql: 'CREATE TABLE half (); SELECT absent' };
    const good = { number: 1001, name: 'good', breaking: false, sql: 'CREATE TABLE whole ()' };
    const params = { config, clock: systemClock, logger: silentLogger };

    await expect(migrate({ ...params, migrations: [...migrations, good, broken] })).rejects.toMatchObject({
      code: 'STORAGE_MIGRATION_FAILED',
      message: expect.stringContaining('1002 (broken)') as string,
    });

    expect(await appliedTo(options)).toEqual([...expected, { number: 1001, name: 'good' }]);
    const found = await withSql(options, (client) =>
      client.query(`SELECT to_regclass('whole') AS whole, to_regclass('half') AS half`),
    );
    expect(found.rows).toEqual([{ whole: 'whole', half: null }]);
  });

  it('gives up waiting for another process when it is aborted', async () => {
    const options = await migratedSchema();
    const storage = createPostgresStorage(options, { logger: silentLogger });
    await withSql(options, async (client) => {
      await client.query(`SELECT pg_advisory_lock(hashtextextended('postrider.migrate.' || $1, 0))`, [options.schema]);
      const aborting = new AbortController();
      const migrating = storage.migrate({ signal: aborting.signal });
      aborting.abort(new Error('The host stops'));
      await expect(migrating).rejects.toThrow('The host stops');
    });
    await storage.migrate({});
    await storage.close();
  });
});
