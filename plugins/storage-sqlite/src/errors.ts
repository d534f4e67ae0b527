import Database from 'better-sqlite3';
import { coreError, isPostriderError, type PostriderError } from '@postrider/core';
import { QueryFailedError } from 'typeorm';

/**
 * Driver errors that callers can only answer by waiting, by primary result code (https://sqlite.org/rescode.html).
 * Everything else is a bug of ours or of the caller and passes through as it is.
 */
const unavailable: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full: free some space, writes then succeed again by themselves',
  SQLITE_READONLY: 'the database or its file system is read-only: make it writable',
  SQLITE_IOERR: 'reading or writing the file failed: check the disk and the system log',
  SQLITE_CANTOPEN: 'the file cannot be opened: check that the directory exists and that this user may write to it',
  SQLITE_PERM: 'access to the file was denied: check its permissions',
  SQLITE_BUSY:
    'another program holds a lock on the database: end it (a backup tool or a shell with an open transaction)',
  SQLITE_LOCKED: 'another statement holds a lock on the database',
  SQLITE_NOMEM: 'there is not enough memory',
  SQLITE_PROTOCOL: 'another program holds a lock on the database',
  SQLITE_CORRUPT: 'the file is damaged: stop, keep a copy of it, and restore the last backup',
  SQLITE_NOTADB: 'the file is not a SQLite database: point "path" to another one, or restore the last backup',
};

/** The SQLite error inside, whoever wrapped it. */
export function toSqliteError(error: unknown): InstanceType<typeof Database.SqliteError> | undefined {
  if (error instanceof Database.SqliteError) return error;
  if (error instanceof QueryFailedError) return toSqliteError(error.driverError);
  return undefined;
}

/** What the port promises to reject with, or `undefined` when the error is none of those. */
export function toUnavailable(error: unknown): PostriderError | undefined {
  const sqliteError = toSqliteError(error);
  if (sqliteError === undefined) return undefined;
  const primaryCode = sqliteError.code.split('_').slice(0, 2).join('_');
  const advice = unavailable[primaryCode];
  if (advice === undefined) return undefined;
  return coreError('STORAGE_UNAVAILABLE', `SQLite cannot work now: ${advice} (${sqliteError.code}).`, {
    cause: sqliteError,
    details: { sqliteCode: sqliteError.code },
  });
}

/** What a method of a port rejects with. Never TypeORM's own errors: they carry parameters, hence secrets. */
export function toPortError(error: unknown): unknown {
  if (isPostriderError(error)) return error;
  return toUnavailable(error) ?? toSqliteError(error) ?? error;
}

/** Whether the write failed on a UNIQUE constraint (not a primary key). */
export function isUniqueViolation(error: unknown): boolean {
  return toSqliteError(error)?.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** Whether the write failed because a row with the same primary key exists. */
export function isPrimaryKeyViolation(error: unknown): boolean {
  return toSqliteError(error)?.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** Whether the write failed because the row it refers to does not exist. */
export function isForeignKeyViolation(error: unknown): boolean {
  return toSqliteError(error)?.code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}
