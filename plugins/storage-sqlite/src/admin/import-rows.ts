import type Database from 'better-sqlite3';
import { backupTables, coreError, isPostriderError, type BackupRow, type BackupTable } from '@postrider/core';
import { isForeignKeyViolation, isPrimaryKeyViolation, isUniqueViolation, toSqliteError } from '../errors.js';
import { insertLearned, insertRow } from './backup-statements.js';
import { fromBackupValue } from './backup-values.js';

/** Writes the rows in one transaction, on a connection that nobody else uses. */
export async function importRows(db: Database.Database, rows: AsyncIterable<BackupRow>): Promise<void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    refuseUnlessEmpty(db);
    const statements = new Map<string, Database.Statement>();
    for await (const row of rows) writeRow({ db, row, statements });
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function refuseUnlessEmpty(db: Database.Database): void {
  const filled = backupTables.find(({ name }) => db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined);
  if (filled === undefined) return;
  throw coreError(
    'STORAGE_NOT_EMPTY',
    `The store holds rows in "${filled.name}" already. Restore into a new one; nothing was changed.`,
  );
}

function writeRow(params: {
  readonly db: Database.Database;
  readonly row: BackupRow;
  readonly statements: Map<string, Database.Statement>;
}): void {
  const { db, row, statements } = params;
  const table = backupTables.find(({ name }) => name === row.table);
  if (table === undefined) throw invalid(`There is no table "${row.table}"`);
  const values = toStored(table, row);
  try {
    const sql = insertRow(table.name, Object.keys(row.values));
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    statement.run(values);
    if (table.name !== 'endpoints') return;
    db.prepare(insertLearned).run({ paused_until: null, learned: null, ...values });
  } catch (error) {
    const isOfRow = [isUniqueViolation, isPrimaryKeyViolation, isForeignKeyViolation].some((test) => test(error));
    const sqliteError = toSqliteError(error);
    if (!isOfRow && sqliteError?.code.startsWith('SQLITE_CONSTRAINT') !== true) throw error;
    throw invalid(`A row of "${table.name}" does not fit the others (${String(sqliteError?.code)})`);
  }
}

function toStored(table: BackupTable, row: BackupRow): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row.values)) {
    const kind = table.columns[column];
    if (kind === undefined) throw invalid(`There is no column "${column}" in "${table.name}"`);
    try {
      values[column] = fromBackupValue(kind, value);
    } catch (error) {
      if (isPostriderError(error)) throw invalid(`"${table.name}.${column}": ${error.message.replace(/\.$/, '')}`);
      throw error;
    }
  }
  return values;
}

function invalid(found: string): Error {
  return coreError(
    'BACKUP_INVALID',
    `${found}: the backup is damaged, or of a newer version than this one. Nothing was changed.`,
  );
}
