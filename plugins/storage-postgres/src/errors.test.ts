import { coreError } from '@postrider/core';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { isConnectionSuspect, isPartitionMissing, toStorageError } from './errors.js';

function serverError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('The server says so', 1, 'error');
  error.code = code;
  return error;
}

function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

describe('toStorageError', () => {
  it.each([
    ['08006', 'STORAGE_UNAVAILABLE'],
    ['08P01', 'STORAGE_UNAVAILABLE'],
    ['25006', 'STORAGE_UNAVAILABLE'],
    ['25P03', 'STORAGE_UNAVAILABLE'],
    ['28P01', 'STORAGE_UNAVAILABLE'],
    ['3D000', 'STORAGE_UNAVAILABLE'],
    ['53300', 'STORAGE_UNAVAILABLE'],
    ['57014', 'STORAGE_UNAVAILABLE'],
    ['57P01', 'STORAGE_UNAVAILABLE'],
    ['57P03', 'STORAGE_UNAVAILABLE'],
    ['58030', 'STORAGE_UNAVAILABLE'],
    ['53100', 'STORAGE_FULL'],
    ['40001', 'STORAGE_CONFLICT'],
    ['40P01', 'STORAGE_CONFLICT'],
    ['55P03', 'STORAGE_CONFLICT'],
  ])('turns SQLSTATE %s into %s, retryable, keeping the cause', (sqlState, code) => {
    const cause = serverError(sqlState);
    expect(toStorageError(cause)).toMatchObject({ code, retryable: true, cause, details: { sqlState } });
  });

  it('looks into what TypeORM wraps', () => {
    const cause = serverError('57P01');
    expect(toStorageError(new QueryFailedError('SELECT 1', [], cause))).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      cause,
    });
  });

  it('lets out no parameter of a statement and no value of a row', () => {
    const cause = serverError('23514');
    cause.detail = 'Failing row contains (canary).';
    cause.where = "unnamed portal with parameters: $1 = 'canary'";
    const error = toStorageError(new QueryFailedError('INSERT INTO t VALUES ($1)', ['canary'], cause));
    expect(error).toBe(cause);
    expect(JSON.stringify(error)).not.toContain('canary');
  });

  it.each([
    new Error('Query read timeout'),
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Client has encountered a connection error and is not queryable'),
    networkError('ECONNREFUSED'),
    networkError('ECONNRESET'),
    networkError('ENOTFOUND'),
    networkError('EAI_AGAIN'),
  ])('takes "$message" for an unavailable server', (error) => {
    expect(toStorageError(error)).toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryable: true });
  });

  it('takes a pool that has ended for a closed storage', () => {
    const error = new Error('Cannot use a pool after calling end on the pool');
    expect(toStorageError(error)).toMatchObject({ code: 'STORAGE_CLOSED', retryable: false });
  });

  it.each([
    serverError('23505'),
    serverError('42P01'),
    new TypeError('x is not a function'),
    Object.assign(new TypeError('bad argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
    coreError('STORAGE_CLOSED', 'Closed'),
  ])('passes on what is none of these: %s', (error) => {
    expect(toStorageError(error)).toBe(error);
  });
});

describe('isConnectionSuspect', () => {
  it.each(['08006', '25006', '25P03', '57P01', '58030', 'XX000'])('is so after %s', (sqlState) => {
    expect(isConnectionSuspect(serverError(sqlState))).toBe(true);
  });

  it.each(['23505', '40P01', '57014', '53100'])('is not so after %s', (sqlState) => {
    expect(isConnectionSuspect(serverError(sqlState))).toBe(false);
  });

  it('is so after every error that did not come from the server', () => {
    expect(isConnectionSuspect(new Error('Query read timeout'))).toBe(true);
  });
});

describe('isPartitionMissing', () => {
  it('tells a missing partition from a violated CHECK, which names its constraint', () => {
    const violated = serverError('23514');
    violated.constraint = 'amount_positive';
    expect(isPartitionMissing(serverError('23514'))).toBe(true);
    expect(isPartitionMissing(violated)).toBe(false);
  });
});
