import { coreError, type Clock, type Logger } from '@postrider/core';
import pg from 'pg';
import type { PostgresStorageConfig } from '../config.js';
import { readSchemaState, refuseBehind } from './schema-state.js';
import { connectionOptions } from '../database/pool.js';
import { toStorageError } from '../errors.js';
import type { Migration } from './migration.js';

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly breaking: boolean;
}

export interface MigrateParams {
  readonly config: PostgresStorageConfig;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Applies the missing steps, each in a transaction of its own, on a connection of its own: a step may take longer than
 * statements of the pool are allowed to. A session-level advisory lock lets one process at a time in, the others then
 * find nothing to do.
 */
export async function migrate(params: MigrateParams): Promise<void> {
  const { config, signal } = params;
  signal?.throwIfAborted();
  const client = new pg.Client(connectionOptions(config));
  client.on('error', () => undefined); // The running query rejects with it.
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    // A client that is ended while it connects or waits may never settle what it was asked: hence the race.
    await Promise.race([applyMissing(client, params), stopped.promise]);
  } catch (error) {
    signal?.throwIfAborted();
    throw toStorageError(error);
  } finally {
    signal?.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  }
}

async function applyMissing(client: pg.Client, params: MigrateParams): Promise<void> {
  await client.connect();
  await refuseOtherEncodings(client);
  await client.query(`SELECT pg_advisory_lock(hashtextextended('postrider.migrate.' || $1, 0))`, [
    params.config.schema,
  ]);
  if (!params.config.autoMigrate) return refuseToApply(client, params);
  await prepareSchema(client, params.config.schema);
  const applied = await readApplied(client);
  refuseNewerSchema({ ...params, applied });
  for (const migration of params.migrations) {
    if (!applied.some(({ number }) => number === migration.number)) await apply(client, migration, params);
  }
}

async function refuseToApply(client: pg.Client, params: MigrateParams): Promise<void> {
  const state = await readSchemaState(client, params.migrations);
  refuseNewerSchema({ ...params, applied: state.applied });
  refuseBehind(state);
}

/** Payloads are any Unicode text, and identifiers are compared by their bytes. */
async function refuseOtherEncodings(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw coreError(
    'STORAGE_MIGRATION_FAILED',
    `The database has the encoding ${String(encoding)}, expected UTF8: create one with ` +
      `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0. Nothing was changed.`,
  );
}

async function prepareSchema(client: pg.Client, schema: string): Promise<void> {
  const found = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  // Asked first: whoever may not create schemas can still use one that was made for them.
  if (found.rowCount === 0) await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    number integer PRIMARY KEY, name text NOT NULL, breaking boolean NOT NULL, applied_at timestamptz NOT NULL)`);
}

async function readApplied(client: pg.Client): Promise<readonly AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT number, name, breaking FROM schema_migrations ORDER BY number',
  );
  return rows;
}

function refuseNewerSchema(params: MigrateParams & { readonly applied: readonly AppliedMigration[] }): void {
  const known = new Set(params.migrations.map(({ number }) => number));
  const unknown = params.applied.filter(({ number }) => !known.has(number));
  if (unknown.length === 0) return;
  const names = unknown.map(({ number, name }) => `${number} (${name})`).join(', ');
  if (unknown.some(({ breaking }) => breaking)) {
    throw coreError(
      'STORAGE_SCHEMA_TOO_NEW',
      `The schema "${params.config.schema}" has the breaking migrations ${names}, which this version does not know: run the version that applied them, or a newer one.`,
      { details: { migrations: unknown.map(({ number }) => number) } },
    );
  }
  params.logger.warn('The schema is newer than this version; its additions are compatible', { migrations: names });
}

async function apply(client: pg.Client, migration: Migration, { clock, logger }: MigrateParams): Promise<void> {
  const { number, name, breaking, sql } = migration;
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO schema_migrations (number, name, breaking, applied_at) VALUES ($1, $2, $3, $4)', [
      number,
      name,
      breaking,
      clock.now(),
    ]);
    await client.query('COMMIT');
  } catch (cause) {
    const error = toStorageError(cause);
    if (error !== cause) throw error;
    throw coreError('STORAGE_MIGRATION_FAILED', `Migration ${number} (${name}) failed: ${String(cause)}`, { cause });
  }
  logger.info('Applied a migration', { number, name, breaking });
}
