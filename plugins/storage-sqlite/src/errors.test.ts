import Database from 'better-sqlite3';
import { coreError } from '@postrider/core';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { isForeignKeyViolation, isPrimaryKeyViolation, isUniqueViolation, toPortError } from './errors.js';

const sqliteError = (code: string) => new Database.SqliteError('driver words', code);

describe('toPortError', () => {
  it.each([
    'SQLITE_FULL',
    'SQLITE_READONLY',
    'SQLITE_READONLY_DBMOVED',
    'SQLITE_IOERR_WRITE',
    'SQLITE_IOERR_SHORT_READ',
    'SQLITE_CANTOPEN',
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_CORRUPT',
    'SQLITE_CORRUPT_INDEX',
    'SQLITE_NOTADB',
    'SQLITE_NOMEM',
  ])('makes %s a STORAGE_UNAVAILABLE that names it and keeps the cause', (code) => {
    const cause = sqliteError(code);
    expect(toPortError(cause)).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      retryable: true,
      details: { sqliteCode: code },
      message: expect.stringContaining(code) as string,
      cause,
    });
  });

  it('unwraps the errors of TypeORM, which carry parameters', () => {
    const cause = sqliteError('SQLITE_FULL');
    const wrapped = new QueryFailedError('INSERT', ['whsec_secret'], cause);
    expect(toPortError(wrapped)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', cause });
    const bug = sqliteError('SQLITE_CONSTRAINT_NOTNULL');
    expect(toPortError(new QueryFailedError('INSERT', ['whsec_secret'], bug))).toBe(bug);
  });

  it('leaves other errors as they are', () => {
    const errors = [coreError('STORAGE_LOCKED', 'x'), new TypeError('x'), sqliteError('SQLITE_ERROR')];
    expect(errors.map(toPortError)).toEqual(errors);
  });
});

describe('the kinds of constraint violations', () => {
  it.each([
    ['SQLITE_CONSTRAINT_UNIQUE', [true, false, false]],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', [false, true, false]],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', [false, false, true]],
    ['SQLITE_CONSTRAINT_NOTNULL', [false, false, false]],
  ])('are told apart: %s', (code, expected) => {
    const error = sqliteError(code);
    expect([isUniqueViolation(error), isPrimaryKeyViolation(error), isForeignKeyViolation(error)]).toEqual(expected);
  });
});
