import {
  backupTables,
  silentLogger,
  systemClock,
  type BackupRow,
  type Storage,
  type StorageAdmin,
} from '@postrider/core';
import { requireService } from '@postrider/test-support';
import { afterAll, describe, expect, it } from 'vitest';
import { createPostgresStorageAdmin } from '../src/admin/postgres-storage-admin.js';
import { postgresStorageConfig } from '../src/config.js';
import { migrations } from '../src/migrations/index.js';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);
const storages = new TestStorages();
afterAll(() => storages.drop());

/** What PostgreSQL derives, forgets, or keeps about itself. */
const derived = new Set(['schema_migrations', 'job_locks', 'pending_deliveries', 'line_changes', 'event_ids']);
/** Tells workers that run who of them knows more, none of whom outlives a restore; what the delivery says as well. */
const derivedColumns = new Set(['endpoints.learned_generation', 'ordered_deliveries.due_at']);

function adminOf(storage: Storage): StorageAdmin {
  const config = postgresStorageConfig.parse(storages.optionsOf(storage));
  return createPostgresStorageAdmin({ config, clock: systemClock, logger: silentLogger });
}

async function collect(rows: AsyncIterable<BackupRow>): Promise<BackupRow[]> {
  const collected: BackupRow[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

async function* toStream(rows: readonly BackupRow[]): AsyncGenerator<BackupRow> {
  yield* rows;
}

/** A store with a delivered and a waiting message, which has an event id, and two in a line. */
async function filled(): Promise<Storage> {
  const storage = await storages.create();
  const traffic = new Traffic();
  const { environmentId } = traffic;
  await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Test', createdAt: startAt } });
  const [endpointId = ''] = traffic.endpointIds(1);
  await storage.appendMessages({
    entries: [traffic.entry([endpointId]), traffic.entry([endpointId], { eventId: 'once' })],
    now: startAt,
  });
  const ordering = { key: 'k', onFailure: 'block' } as const;
  await storage.appendMessages({ entries: [1, 2].map(() => traffic.entry([endpointId], { ordering })), now: startAt });
  const [claimed] = await traffic.claim(storage, { limit: 1, perEndpointLimit: 1 });
  if (claimed === undefined) throw new Error('Nothing was claimed.');
  await storage.recordOutcomes({ outcomes: [traffic.success(claimed)], recordedAt: startAt });
  return storage;
}

describe.skipIf(!postgres.available)('the PostgreSQL store in the hands of its operator', () => {
  it('has every table and column in the backup', async () => {
    const storage = await storages.create();
    const { schema } = storages.optionsOf(storage);
    const { rows } = await withSql(storages.optionsOf(storage), (client) =>
      client.query<{ table_name: string; column_name: string }>(
        `SELECT table_name, column_name FROM information_schema.columns
          WHERE table_schema = $1 AND table_name !~ '_p[0-9]{8}$'`,
        [schema],
      ),
    );
    const missing = rows
      .filter(({ table_name }) => !derived.has(table_name))
      .filter(({ table_name, column_name }) => !derivedColumns.has(`${table_name}.${column_name}`))
      .filter(({ table_name, column_name }) => {
        const table = backupTables.find(({ name }) => name === table_name);
        return table?.columns[column_name] === undefined;
      });
    expect(missing).toEqual([]);
    await storage.close();
  });

  it('tells what is applied and what is pending', async () => {
    const storage = await storages.create();
    const state = await adminOf(storage).inspectSchema({});
    expect(state.applied.map(({ number }) => number)).toEqual(migrations.map(({ number }) => number));
    expect(state).toMatchObject({ pending: [], unknown: [] });
    await withSql(storages.optionsOf(storage), (client) =>
      client.query(`DELETE FROM schema_migrations WHERE number = 7;
        INSERT INTO schema_migrations VALUES (9999, 'later', true, now())`),
    );
    const after = await adminOf(storage).inspectSchema({});
    expect(after.pending).toMatchObject([{ number: 7, name: 'tasks' }]);
    expect(after.unknown).toEqual([{ number: 9999, name: 'later', breaking: true }]);
    await storage.close();
  });

  it('refuses a schema that is behind when it may not migrate, and makes nothing', async () => {
    const storage = await storages.create();
    const behind = await storages.openAnother(storage, { schema: 'not_there', autoMigrate: false });
    await expect(behind.migrate({})).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_BEHIND' });
    const { rowCount } = await withSql(storages.optionsOf(storage), (client) =>
      client.query(`SELECT FROM pg_namespace WHERE nspname = 'not_there'`),
    );
    expect(rowCount).toBe(0);
    await expect(collect(adminOf(behind).exportRows({}))).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_BEHIND' });
    const current = await storages.openAnother(storage, { autoMigrate: false });
    await current.migrate({});
    await Promise.all([storage, behind, current].map((one) => one.close()));
  });

  it('imports into an empty store what it exported, the queue and the event ids too', async () => {
    const source = await filled();
    const rows = await collect(adminOf(source).exportRows({}));
    const target = await storages.create();
    await adminOf(target).importRows({ rows: toStream(rows) });
    expect(await collect(adminOf(target).exportRows({}))).toEqual(rows);
    const queued = (storage: Storage) => storage.measureQueue({ now: startAt });
    expect(await queued(target)).toEqual(await queued(source));
    const claimed = await new Traffic().claim(target, { limit: 10, perEndpointLimit: 10 });
    expect(claimed).toHaveLength(2);
    expect(await queued(target)).toMatchObject({ pending: 1, due: 0, inFlight: 2 });
    await withSql(storages.optionsOf(target), async (client) => {
      expect((await client.query('SELECT FROM event_ids')).rowCount).toBe(1);
    });
    await expect(adminOf(target).importRows({ rows: toStream([]) })).rejects.toMatchObject({
      code: 'STORAGE_NOT_EMPTY',
    });
    await Promise.all([source.close(), target.close()]);
  });

  it('imports all rows or none', async () => {
    const source = await filled();
    const rows = await collect(adminOf(source).exportRows({}));
    const target = await storages.create();
    const bad = [
      { table: 'colours', values: {} },
      { table: 'tasks', values: { id: 't', created_at: 'yesterday' } },
      { table: 'tasks', values: { colour: 'red' } },
    ];
    for (const row of bad) {
      const attempt = adminOf(target).importRows({ rows: toStream([...rows, row]) });
      await expect(attempt).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
      expect(await collect(adminOf(target).exportRows({}))).toEqual([]);
    }
    await Promise.all([source.close(), target.close()]);
  });

  it('tells its version, its clock and its settings', async () => {
    const storage = await storages.create();
    const facts = await adminOf(storage).examine({});
    expect(facts.product).toBe('PostgreSQL');
    expect(Number(facts.settings['max_connections'])).toBeGreaterThan(0);
    expect(facts.clockAt).toBeInstanceOf(Date);
    await storage.close();
  });
});
