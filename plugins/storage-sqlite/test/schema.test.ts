import Database from 'better-sqlite3';
import { createRecordingLogger } from '@postrider/core/testing';
import { DataSource } from 'typeorm';
import { afterAll, describe, expect, it } from 'vitest';
import { allEntities } from '../src/entities/all-entities.js';
import { allMigrations } from '../src/migrations/all-migrations.js';
import type { Migration } from '../src/migrations/migration.js';
import { newConnection } from './support/open-connection.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

const next = (given: Partial<Migration> = {}): Migration => ({
  number: (allMigrations.at(-1)?.number ?? 0) + 1,
  name: 'add colours',
  breaking: false,
  sql: "CREATE TABLE colours (name TEXT NOT NULL PRIMARY KEY) STRICT; INSERT INTO colours VALUES ('red');",
  ...given,
});

/** Opens the file with a binary that knows these migrations, and closes it again. */
async function openWith(path: string, migrations: readonly Migration[]) {
  const logger = createRecordingLogger();
  const { connection } = newConnection(path, { migrations, logger });
  try {
    await connection.open();
  } finally {
    await connection.close();
  }
  return logger.lines;
}

function inspect<T>(path: string, look: (db: Database.Database) => T): T {
  const db = new Database(path, { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

describe('migrations', () => {
  it('have ascending numbers', () => {
    const numbers = allMigrations.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('run once each, and are recorded with their flag', async () => {
    const path = databases.newPath();
    const messagesOf = async (migrations: readonly Migration[]) =>
      (await openWith(path, migrations)).map(({ fields }) => fields['name']);
    expect(await messagesOf(allMigrations)).toEqual(allMigrations.map(({ name }) => name));
    expect(await messagesOf([...allMigrations, next()])).toEqual(['add colours']);
    expect(await messagesOf([...allMigrations, next()])).toEqual([]);
    const last = inspect(path, (db) => db.prepare('SELECT * FROM schema_migrations ORDER BY number DESC').get());
    expect(last).toMatchObject({ number: next().number, name: 'add colours', breaking: 0 });
  });

  it('of a newer version that are compatible only warn', async () => {
    const path = databases.newPath();
    await openWith(path, [...allMigrations, next()]);
    const lines = await openWith(path, allMigrations);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        fields: { unknownMigrations: [`${String(next().number)} add colours`] },
      }),
    ]);
  });

  it('of a newer version that break are refused, whatever came after, and nothing is written', async () => {
    const path = databases.newPath();
    const breaking = next({ breaking: true });
    const later = { ...next(), number: breaking.number + 1, name: 'later', sql: 'SELECT 1' };
    await openWith(path, [...allMigrations, breaking, later]);
    const before = inspect(path, (db) => db.serialize());
    await expect(openWith(path, allMigrations)).rejects.toMatchObject({
      code: 'STORAGE_SCHEMA_TOO_NEW',
      details: { found: breaking.number, known: allMigrations.length },
    });
    expect(inspect(path, (db) => db.serialize()).equals(before)).toBe(true);
    await openWith(path, [...allMigrations, breaking, later]);
  });

  it('that fail are undone completely, and may be tried again', async () => {
    const path = databases.newPath();
    await openWith(path, allMigrations);
    const half = next({ sql: `${next().sql} INSERT INTO nowhere VALUES (1);` });
    await expect(openWith(path, [...allMigrations, half])).rejects.toMatchObject({
      code: 'STORAGE_MIGRATION_FAILED',
      message: expect.stringContaining('no such table: nowhere') as string,
    });
    const tables = inspect(path, (db) => db.prepare('SELECT name FROM sqlite_schema').pluck().all());
    expect(tables).not.toContain('colours');
    expect(await openWith(path, [...allMigrations, next()])).toHaveLength(1);
  });

  it('of another program are refused', async () => {
    const path = databases.newPath();
    const [ours] = allMigrations;
    await openWith(path, [next({ number: 1, name: 'somebody else', sql: ours?.sql ?? '' })]);
    await expect(openWith(path, allMigrations)).rejects.toMatchObject({ code: 'STORAGE_MIGRATION_FAILED' });
  });
});

/** What delivery learns of an endpoint; nobody configures it, so it is no part of the entity. */
const learned = new Set(['failing_since', 'failure_notices']);

describe('the schema', () => {
  it('is what the entities say', async () => {
    const path = databases.newPath();
    await openWith(path, allMigrations);
    const described = await describeEntities();
    const stored = inspect(path, (db) =>
      Object.keys(described).map((table) => [
        table,
        db
          .prepare<unknown[], { name: string; type: string; notnull: number }>(
            'SELECT name, type, "notnull" FROM pragma_table_info(?) ORDER BY name',
          )
          .all(table)
          .filter(({ name }) => !learned.has(name))
          .map(({ name, type, notnull }) => `${name} ${type}${notnull === 1 ? ' NOT NULL' : ''}`),
      ]),
    );
    expect(Object.fromEntries(stored)).toEqual(described);
  });
});

/** The columns of each entity as SQLite would describe them. */
async function describeEntities(): Promise<Record<string, string[]>> {
  const orm = new DataSource({ type: 'better-sqlite3', database: ':memory:', entities: [...allEntities] });
  await orm.initialize();
  const tables = orm.entityMetadatas.map(({ tableName, columns }) => [
    tableName,
    columns
      .map(({ databaseName, type, isNullable }) => {
        return `${databaseName} ${String(type).toUpperCase()}${isNullable ? '' : ' NOT NULL'}`;
      })
      .sort(),
  ]);
  await orm.destroy();
  return Object.fromEntries(tables) as Record<string, string[]>;
}
