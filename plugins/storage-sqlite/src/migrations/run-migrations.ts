import type Database from 'better-sqlite3';
import { coreError, type Logger } from '@postrider/core';
import { inTransaction } from '../in-transaction.js';
import type { Migration } from './migration.js';
import { readSchemaState, refuseBehind } from './schema-state.js';

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly breaking: 0 | 1;
}

/**
 * Brings the schema up to date. Our own runner rather than TypeORM's, for three reasons: each step and its record are
 * one synchronous transaction (TypeORM's awaits between statements), foreign keys stay enforced (TypeORM switches them
 * off), and the `breaking` flag is recorded with the step, so that an older binary can tell what a newer one did.
 *
 * Rejects a store that a newer binary changed incompatibly before writing anything to it.
 */
export function runMigrations(params: {
  db: Database.Database;
  migrations: readonly Migration[];
  appliedAt: Date;
  logger: Logger;
  /** Default: `true`. Otherwise a store that lacks a migration is refused with `STORAGE_SCHEMA_BEHIND`. */
  mayApply?: boolean | undefined;
}): void {
  const { db, migrations, logger, mayApply = true } = params;
  const applied = readApplied(db);
  refuseUnknown({ applied, migrations, logger });
  if (!mayApply) return refuseBehind(readSchemaState({ db, migrations }));
  const appliedNumbers = new Set(applied.map(({ number }) => number));
  for (const migration of migrations) {
    if (appliedNumbers.has(migration.number)) continue;
    apply({ db, migration, appliedAt: params.appliedAt });
    logger.info('Applied a schema migration', { number: migration.number, name: migration.name });
  }
}

function readApplied(db: Database.Database): readonly AppliedMigration[] {
  const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'`).get();
  if (table === undefined) return [];
  return db
    .prepare<unknown[], AppliedMigration>('SELECT number, name, breaking FROM schema_migrations ORDER BY number')
    .all();
}

function refuseUnknown(params: {
  applied: readonly AppliedMigration[];
  migrations: readonly Migration[];
  logger: Logger;
}): void {
  const known = new Map(params.migrations.map((migration) => [migration.number, migration.name]));
  const unknown = params.applied.filter(({ number }) => !known.has(number));
  const breaking = unknown.find((step) => step.breaking === 1);
  if (breaking !== undefined) {
    throw coreError(
      'STORAGE_SCHEMA_TOO_NEW',
      `The database has migration ${breaking.number} ("${breaking.name}"), which this version does not know and which ` +
        'changes the schema incompatibly. Run the newer version again, or restore the backup made before the upgrade.',
      { details: { found: breaking.number, known: params.migrations.length } },
    );
  }
  if (unknown.length > 0) {
    params.logger.warn('A newer version added to the schema in a compatible way; this version works with it', {
      unknownMigrations: unknown.map((step) => `${step.number} ${step.name}`),
    });
  }
  const foreign = params.applied.find(({ number, name }) => known.has(number) && known.get(number) !== name);
  if (foreign !== undefined) {
    throw coreError(
      'STORAGE_MIGRATION_FAILED',
      `The database has a migration ${foreign.number} ("${foreign.name}") that is not the one of this version: ` +
        'it was made by another program or an unreleased version. Point "path" to another file.',
    );
  }
}

function apply(params: { db: Database.Database; migration: Migration; appliedAt: Date }): void {
  const { db, migration } = params;
  try {
    inTransaction(db, () => {
      db.exec(`CREATE TABLE IF NOT EXISTS schema_migrations (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, breaking INTEGER NOT NULL, applied_at INTEGER NOT NULL
      ) STRICT`);
      db.exec(migration.sql);
      db.prepare('INSERT INTO schema_migrations (number, name, breaking, applied_at) VALUES (?, ?, ?, ?)').run(
        migration.number,
        migration.name,
        migration.breaking ? 1 : 0,
        params.appliedAt.getTime(),
      );
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw coreError(
      'STORAGE_MIGRATION_FAILED',
      `Migration ${migration.number} ("${migration.name}") failed and was rolled back: ${reason}. The data is as it was before.`,
      { cause },
    );
  }
}
