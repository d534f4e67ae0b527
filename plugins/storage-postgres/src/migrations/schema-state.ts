import { coreError, type SchemaState } from '@postrider/core';
import type pg from 'pg';
import type { Migration } from './migration.js';

interface MigrationRow {
  readonly number: number;
  readonly name: string;
  readonly breaking: boolean;
  readonly applied_at: Date;
}

/** Compares what was applied with what this version knows. */
export async function readSchemaState(client: pg.Client, migrations: readonly Migration[]): Promise<SchemaState> {
  const rows = await readRows(client);
  const known = new Set(migrations.map(({ number }) => number));
  const done = new Set(rows.map(({ number }) => number));
  const applied = rows.map(({ applied_at, ...step }) => ({ ...step, appliedAt: applied_at }));
  return {
    applied,
    pending: migrations
      .filter(({ number }) => !done.has(number))
      .map(({ number, name, breaking, sql }) => ({ number, name, breaking, script: sql.trim() })),
    unknown: applied.filter(({ number }) => !known.has(number)).map(({ appliedAt: _, ...step }) => step),
  };
}

async function readRows(client: pg.Client): Promise<readonly MigrationRow[]> {
  const found = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  );
  if (found.rows[0]?.exists !== true) return [];
  const { rows } = await client.query<MigrationRow>(
    'SELECT number, name, breaking, applied_at FROM schema_migrations ORDER BY number',
  );
  return rows;
}

/** Throws `STORAGE_SCHEMA_BEHIND` when a migration is missing. */
export function refuseBehind({ pending }: SchemaState): void {
  if (pending.length === 0) return;
  const names = pending.map(({ number, name }) => `${number} (${name})`).join(', ');
  throw coreError(
    'STORAGE_SCHEMA_BEHIND',
    `The database lacks the migrations ${names}. Apply them with "postrider migrate up", or let the server do it (POSTRIDER_AUTO_MIGRATE=true). Nothing was changed.`,
    { details: { pending: pending.map(({ number }) => number) } },
  );
}
