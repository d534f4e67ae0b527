import type Database from 'better-sqlite3';
import { coreError, type SchemaState } from '@postrider/core';
import type { Migration } from './migration.js';

interface MigrationRow {
  readonly number: number;
  readonly name: string;
  readonly breaking: 0 | 1;
  readonly applied_at: number;
}

/** Compares what was applied with what this version knows. Without a database nothing was applied. */
export function readSchemaState(params: {
  readonly db: Database.Database | undefined;
  readonly migrations: readonly Migration[];
}): SchemaState {
  const rows = params.db === undefined ? [] : readRows(params.db);
  const known = new Set(params.migrations.map(({ number }) => number));
  const done = new Set(rows.map(({ number }) => number));
  const applied = rows.map(({ number, name, breaking, applied_at }) => ({
    number,
    name,
    breaking: breaking === 1,
    appliedAt: new Date(applied_at),
  }));
  return {
    applied,
    pending: params.migrations
      .filter(({ number }) => !done.has(number))
      .map(({ number, name, breaking, sql }) => ({ number, name, breaking, script: sql.trim() })),
    unknown: applied.filter(({ number }) => !known.has(number)).map(({ appliedAt: _, ...step }) => step),
  };
}

function readRows(db: Database.Database): readonly MigrationRow[] {
  const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'`).get();
  if (table === undefined) return [];
  return db
    .prepare<unknown[], MigrationRow>(
      'SELECT number, name, breaking, applied_at FROM schema_migrations ORDER BY number',
    )
    .all();
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
