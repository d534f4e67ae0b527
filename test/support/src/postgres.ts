import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { serviceVariables } from './services.ts';

/** All databases that tests create start so; `runDatabasePrefix` narrows it to one run. */
const databasePrefix = 'postrider_test_';

/** The variable that carries the random id of this run, so that its databases can be told from another run's. */
export const runIdVariable = 'POSTRIDER_TEST_RUN_ID';

/** A database of its own for one test file, or a template of it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /**
   * Drops the database. Call it after every pool on it has ended.
   *
   * @throws if a connection is still open after PostgreSQL's own patience of 5 s; the database is dropped even so.
   */
  drop(): Promise<void>;
}

/**
 * The URL of a role that may create databases, on the server that this run uses.
 *
 * @throws if PostgreSQL is absent: ask `requireService('postgres', …)` first.
 */
export function postgresAdminUrl(): string {
  const url = process.env[serviceVariables.postgres];
  if (url === undefined || url === 'none') {
    throw new Error('There is no PostgreSQL in this run: call requireService("postgres", import.meta.url) first.');
  }
  return url;
}

/**
 * Creates a database with a random name, as a copy of `template` (the name of a database nobody is connected to).
 * Another `encoding` than the server's needs the template `template0`.
 */
export async function createTestDatabase(
  params: { readonly template?: string; readonly encoding?: 'UTF8' | 'SQL_ASCII' } = {},
): Promise<TestDatabase> {
  const name = `${runDatabasePrefix()}${randomBytes(6).toString('hex')}`;
  const template = escapeIdentifier(params.template ?? 'template1');
  const encoding = params.encoding === undefined ? '' : `ENCODING '${params.encoding}' LOCALE 'C'`;
  await runAdmin((client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${template} ${encoding}`),
  );
  const url = new URL(postgresAdminUrl());
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => dropDatabase(name) };
}

/** Drops every database of this run and returns the names of those that tests had left behind. */
export async function dropLeftoverDatabases(): Promise<readonly string[]> {
  return runAdmin(async (client) => {
    const found = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname',
      [runDatabasePrefix()],
    );
    const names = found.rows.map((row) => row.datname);
    for (const name of names) await client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
    return names;
  });
}

function runDatabasePrefix(): string {
  return `${databasePrefix}${process.env[runIdVariable] ?? 'x'}_`;
}

async function dropDatabase(name: string): Promise<void> {
  await runAdmin(async (client) => {
    try {
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
    } catch (cause) {
      const open = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      throw new Error(`The test left ${String(open.rowCount)} connection(s) to ${name} open`, { cause });
    }
  });
}

async function runAdmin<T>(action: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: postgresAdminUrl() });
  await client.connect();
  try {
    return await action(client);
  } finally {
    await client.end();
  }
}
