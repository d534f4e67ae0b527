import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { coreError, type Clock, type SchemaState, type StorageAdmin } from '@postrider/core';
import type { SqliteStorageConfig } from '../config.js';
import { prepareDatabaseFile } from '../database-file.js';
import { toPortError } from '../errors.js';
import { allMigrations } from '../migrations/all-migrations.js';
import type { Migration } from '../migrations/migration.js';
import { readSchemaState, refuseBehind } from '../migrations/schema-state.js';
import { applyPragmas } from '../pragmas.js';
import { acquireProcessLock } from '../process-lock.js';
import { examineDatabase } from './examine.js';
import { exportRows } from './export-rows.js';
import { importRows } from './import-rows.js';

/** The database file in the hands of its operator. Reading needs no lock: a server may have the file open. */
export function createSqliteStorageAdmin(params: {
  readonly config: SqliteStorageConfig;
  readonly clock: Clock;
  readonly migrations?: readonly Migration[] | undefined;
}): StorageAdmin {
  const { config, clock, migrations = allMigrations } = params;
  const schemaOf = (db: Database.Database | undefined): SchemaState => readSchemaState({ db, migrations });

  return {
    inspectSchema: async ({ signal }) => {
      signal?.throwIfAborted();
      if (!existsSync(config.path)) return schemaOf(undefined);
      return readFrom(config, ({ db }) => schemaOf(db));
    },

    examine: async ({ signal }) => {
      signal?.throwIfAborted();
      return readFrom(config, ({ db, path }) => examineDatabase(db, path));
    },

    async *exportRows({ signal }) {
      const { db } = openReadOnly(config);
      try {
        refuseBehind(schemaOf(db));
        for (const row of exportRows(db)) {
          signal?.throwIfAborted();
          yield row;
        }
      } catch (error) {
        throw toPortError(error);
      } finally {
        db.close();
      }
    },

    importRows: async ({ rows, signal }) => {
      signal?.throwIfAborted();
      const databasePath = prepareDatabaseFile(config.path);
      const lock = acquireProcessLock({ databasePath, now: clock.now() });
      const db = new Database(databasePath);
      try {
        applyPragmas(db, config);
        refuseBehind(schemaOf(db));
        await importRows(db, rows);
      } catch (error) {
        throw toPortError(error);
      } finally {
        db.close();
        lock.release();
      }
    },
  };
}

interface OpenFile {
  readonly db: Database.Database;
  /** Its one true path. */
  readonly path: string;
}

function openReadOnly(config: SqliteStorageConfig): OpenFile {
  try {
    const path = realpathSync(resolve(config.path));
    return { db: new Database(path, { readonly: true, fileMustExist: true }), path };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw coreError(
      'STORAGE_UNAVAILABLE',
      `The database file "${resolve(config.path)}" cannot be opened: ${reason}. Check the path, and that this user may read it.`,
      { cause },
    );
  }
}

function readFrom<T>(config: SqliteStorageConfig, work: (file: OpenFile) => T): T {
  const file = openReadOnly(config);
  try {
    return work(file);
  } catch (error) {
    throw toPortError(error);
  } finally {
    file.db.close();
  }
}
