import { chmodSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { backupTables, systemClock, type BackupRow, type StorageAdmin } from '@postrider/core';
import { afterAll, describe, expect, it } from 'vitest';
import { createSqliteStorageAdmin } from '../src/admin/sqlite-storage-admin.js';
import { parseSqliteStorageOptions } from '../src/config.js';
import { allMigrations } from '../src/migrations/all-migrations.js';
import { newConnection } from './support/open-connection.js';
import { claim, newEntry, storeEndpoints, toDelivered } from './support/stored-fixtures.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

/** What SQLite derives, forgets, or keeps about itself. `learned` and `paused_until` of a queue go with the endpoint. */
const derived = new Set(['schema_migrations', 'endpoint_queues', 'job_locks', 'write_probe']);
/** `ordered_deliveries` says the same. */
const derivedColumns = new Set(['deliveries.line_state']);
const renamed: Readonly<Record<string, string>> = { trigger_kind: 'trigger' };

function adminOf(path: string, migrations = allMigrations): StorageAdmin {
  return createSqliteStorageAdmin({ config: parseSqliteStorageOptions({ path }), clock: systemClock, migrations });
}

async function migrated(migrations = allMigrations): Promise<string> {
  const path = databases.newPath();
  const { connection } = newConnection(path, { migrations });
  await connection.open();
  await connection.close();
  return path;
}

async function collect(rows: AsyncIterable<BackupRow>): Promise<BackupRow[]> {
  const collected: BackupRow[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

async function* toStream(rows: readonly BackupRow[]): AsyncGenerator<BackupRow> {
  yield* rows;
}

/** A store with something in it, still open: a delivered, a waiting and two ordered deliveries. */
async function filled() {
  const path = databases.newPath();
  const storage = databases.open(path);
  await storage.migrate({});
  const [endpoint] = await storeEndpoints(storage, 2);
  if (endpoint === undefined) throw new Error('There is no endpoint.');
  const ordering = { key: 'k', onFailure: 'block' } as const;
  const entries = [{}, {}, { ordering }, { ordering }].map((given) => newEntry(endpoint, given));
  await storage.appendMessages({ entries, now: new Date() });
  const [claimed] = await claim(storage, { limit: 1 });
  if (claimed === undefined) throw new Error('Nothing was claimed.');
  await storage.recordOutcomes({ outcomes: [toDelivered(claimed)], recordedAt: new Date() });
  return { path, storage };
}

describe('the SQLite store in the hands of its operator', () => {
  it('has every table and column in the backup', async () => {
    const db = new Database(await migrated(), { readonly: true });
    const tables = db.prepare<unknown[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    );
    for (const { name } of tables.all().filter((table) => !derived.has(table.name))) {
      const columns = db.pragma(`table_info(${name})`) as { name: string }[];
      const known = Object.keys(backupTables.find((table) => table.name === name)?.columns ?? {});
      const kept = columns.filter((column) => !derivedColumns.has(`${name}.${column.name}`));
      expect(known).toEqual(expect.arrayContaining(kept.map((column) => renamed[column.name] ?? column.name)));
    }
    db.close();
  });

  it('tells what is applied and what is pending, and leaves the file alone', async () => {
    const path = databases.newPath();
    expect(await adminOf(path).inspectSchema({})).toMatchObject({ applied: [], unknown: [] });
    expect(existsSync(path)).toBe(false);
    const old = await migrated(allMigrations.slice(0, 2));
    const state = await adminOf(old).inspectSchema({});
    expect(state.applied.map(({ number }) => number)).toEqual([1, 2]);
    expect(state.pending.map(({ number }) => number)).toEqual(allMigrations.slice(2).map(({ number }) => number));
    expect(state.pending[0]?.script).toContain('ADD COLUMN failing_since');
    const newer = await adminOf(await migrated(), allMigrations.slice(0, 1)).inspectSchema({});
    expect(newer.unknown.map(({ number }) => number)).toEqual(allMigrations.slice(1).map(({ number }) => number));
  });

  it('refuses a schema that is behind when it may not migrate', async () => {
    const path = await migrated(allMigrations.slice(0, 2));
    const { createSqliteStorage } = await import('../src/index.js');
    const storage = createSqliteStorage({ path, autoMigrate: false });
    await expect(storage.migrate({})).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_BEHIND' });
    await storage.close();
    expect((await adminOf(path).inspectSchema({})).applied).toHaveLength(2);
    await expect(collect(adminOf(path).exportRows({}))).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_BEHIND' });
  });

  it('exports while a server has it open, and imports the same rows into a new one', async () => {
    const { path, storage } = await filled();
    const rows = await collect(adminOf(path).exportRows({}));
    await storage.close();
    const target = await migrated();
    await adminOf(target).importRows({ rows: toStream(rows) });
    expect(await collect(adminOf(target).exportRows({}))).toEqual(rows);
    expect(new Set(rows.map(({ table }) => table))).toContain('rollups');

    const restored = databases.open(target);
    await restored.migrate({});
    expect(await claim(restored, { limit: 10 })).toHaveLength(2);
    expect(await restored.measureQueue({ now: new Date() })).toMatchObject({ pending: 1, due: 0, inFlight: 2 });
    await restored.close();
  });

  it('imports all rows or none, and only into an empty store that nobody has open', async () => {
    const { path, storage } = await filled();
    const rows = await collect(adminOf(path).exportRows({}));
    await expect(adminOf(path).importRows({ rows: toStream([]) })).rejects.toMatchObject({ code: 'STORAGE_LOCKED' });
    await storage.close();
    await expect(adminOf(path).importRows({ rows: toStream([]) })).rejects.toMatchObject({ code: 'STORAGE_NOT_EMPTY' });
    const target = await migrated();
    const bad = [
      { table: 'colours', values: {} },
      { table: 'environments', values: { id: 'env_x', name: 'x', created_at: 'yesterday' } },
      { table: 'environments', values: { colour: 'red' } },
      { table: 'endpoint_secrets', values: { endpoint_id: 'ep_x', scheme: 'v1', key: 'k', created_at: null } },
    ];
    for (const row of bad) {
      const attempt = adminOf(target).importRows({ rows: toStream([...rows, row]) });
      await expect(attempt).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
      expect(await collect(adminOf(target).exportRows({}))).toEqual([]);
    }
  });

  it('tells its version, and that others may read the file', async () => {
    const path = await migrated();
    expect(await adminOf(path).examine({})).toMatchObject({ product: 'SQLite', findings: [] });
    chmodSync(path, 0o644);
    const { findings } = await adminOf(path).examine({});
    expect(findings.map(({ advice }) => advice)).toEqual([`Run: chmod 600 ${path}`]);
    await expect(adminOf(databases.newPath()).examine({})).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});
