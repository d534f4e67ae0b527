import type Database from 'better-sqlite3';
import { backupTables, type BackupRow } from '@postrider/core';
import { selectRows } from './backup-statements.js';
import { toBackupValue } from './backup-values.js';

/** Everything in the database, as of the first read: the transaction keeps what others write meanwhile out of sight. */
export function* exportRows(db: Database.Database): Generator<BackupRow> {
  db.exec('BEGIN');
  for (const table of backupTables) {
    const rows = db.prepare<unknown[], Record<string, unknown>>(selectRows(table)).iterate();
    for (const row of rows) {
      const values = Object.entries(table.columns).map(([column, kind]) => [column, toBackupValue(kind, row[column])]);
      yield { table: table.name, values: Object.fromEntries(values) as Record<string, unknown> };
    }
  }
}
