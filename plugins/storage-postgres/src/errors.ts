import { coreError, isPostriderError, type ErrorCode } from '@postrider/core';
import pg from 'pg';

type StorageErrorCode = Extract<
  ErrorCode,
  'STORAGE_UNAVAILABLE' | 'STORAGE_CONFLICT' | 'STORAGE_FULL' | 'STORAGE_CLOSED'
>;

/**
 * SQLSTATE, or the beginning of one, to the code of the port; the longest match wins. What is not listed is a mistake
 * in a statement of ours and is passed on as it is.
 */
const codeBySqlState: Readonly<Record<string, StorageErrorCode>> = {
  '08': 'STORAGE_UNAVAILABLE', // connection exception
  '25006': 'STORAGE_UNAVAILABLE', // read-only transaction: this server is no longer the primary
  '25P03': 'STORAGE_UNAVAILABLE', // idle_in_transaction_session_timeout
  '28': 'STORAGE_UNAVAILABLE', // authorization refused
  '3D000': 'STORAGE_UNAVAILABLE', // the database does not exist
  '40001': 'STORAGE_CONFLICT', // serialization failure
  '40P01': 'STORAGE_CONFLICT', // deadlock
  '53': 'STORAGE_UNAVAILABLE', // out of memory or connections
  '53100': 'STORAGE_FULL', // disk full
  '55P03': 'STORAGE_CONFLICT', // lock_timeout
  '57': 'STORAGE_UNAVAILABLE', // statement_timeout, shutdown, crash recovery, starting up
  '58': 'STORAGE_UNAVAILABLE', // the server's own system error
  XX: 'STORAGE_UNAVAILABLE', // the server's own internal error
};

/** Errors of the driver have no code; these are the words in which it says that a connection is lost. */
const lostConnection =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;
const closedPool = /^(Cannot use a pool after calling end|Called end on pool)/;
const networkError = /^(E[A-Z]{3,}|EAI_AGAIN)$/;

/**
 * Turns an error of the driver or of TypeORM into one of the port. Every other one is returned, but never as TypeORM's
 * own, which carries the parameters of the statement, nor with the values of a row: both hold payloads and secrets.
 */
export function toStorageError(error: unknown): unknown {
  if (isPostriderError(error)) return error;
  const cause = driverErrorOf(error);
  if (cause instanceof pg.DatabaseError) {
    cause.detail = undefined;
    cause.where = undefined;
  }
  const code = portCodeOf(cause);
  if (code === undefined) return error instanceof Error ? cause : error;
  const found = cause instanceof pg.DatabaseError ? { sqlState: cause.code } : undefined;
  return coreError(code, `${messageOf[code]}: ${cause.message}`, { cause, details: found });
}

/** Whether a connection that failed so must not be used again: it is gone, unknown, or leads to the wrong server. */
export function isConnectionSuspect(error: unknown): boolean {
  const cause = driverErrorOf(error);
  if (!(cause instanceof pg.DatabaseError)) return true;
  return /^(08|25006|25P03|57P|58|XX)/.test(cause.code ?? '');
}

/** The SQLSTATE of an error of the server, whoever wrapped it. */
export function sqlStateOf(error: unknown): string | undefined {
  const cause = driverErrorOf(error);
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

/** The name of the violated constraint, when there is one. */
export function constraintOf(error: unknown): string | undefined {
  const cause = driverErrorOf(error);
  return cause instanceof pg.DatabaseError ? cause.constraint : undefined;
}

/** Whether the failed transaction was rolled back only because of another one, so that it can be run again at once. */
export function isTransactionConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlStateOf(error) ?? '');
}

/** Whether a lock was not to be had within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return sqlStateOf(error) === '55P03';
}

/** Whether a row had no partition to go to. */
export function isPartitionMissing(error: unknown): boolean {
  // A violated CHECK has the same SQLSTATE, but names its constraint.
  return sqlStateOf(error) === '23514' && constraintOf(error) === undefined;
}

const messageOf: Readonly<Record<StorageErrorCode, string>> = {
  STORAGE_UNAVAILABLE: 'PostgreSQL cannot be reached or does not answer',
  STORAGE_CONFLICT: 'PostgreSQL gave way to a concurrent transaction',
  STORAGE_FULL: 'PostgreSQL has no room left',
  STORAGE_CLOSED: 'The PostgreSQL storage is closed',
};

function driverErrorOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { driverError } = error as { driverError?: unknown };
  return driverError instanceof Error ? driverError : error;
}

function portCodeOf(error: Error): StorageErrorCode | undefined {
  const { code } = error as { code?: unknown };
  if (error instanceof pg.DatabaseError) {
    const sqlState = error.code ?? '';
    return codeBySqlState[sqlState] ?? codeBySqlState[sqlState.slice(0, 2)];
  }
  if (closedPool.test(error.message)) return 'STORAGE_CLOSED';
  if (lostConnection.test(error.message)) return 'STORAGE_UNAVAILABLE';
  return typeof code === 'string' && networkError.test(code) ? 'STORAGE_UNAVAILABLE' : undefined;
}
