import type { CreateResult, ReplaceResult } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { isForeignKeyViolation, isPrimaryKeyViolation, isUniqueViolation } from '../errors.js';

/** A record that is changed by compare-and-set. */
interface Versioned {
  readonly version: number;
  readonly createdAt: Date;
}

/** What is stored of a record before its replacement. */
export interface StoredVersion {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly created_at: number;
}

/** Runs the insert of a record in one transaction; tells a taken uid and a missing parent from other failures. */
export function createRecord<T>(params: {
  connection: SqliteConnection;
  record: T;
  /** For records whose primary key is a name that people choose. */
  keyIsUid?: boolean;
  insert: () => void;
}): CreateResult<T> {
  try {
    params.connection.write(params.insert);
    return { outcome: 'created', record: params.record };
  } catch (error) {
    if (isUniqueViolation(error)) return { outcome: 'uid_taken' };
    if (params.keyIsUid === true && isPrimaryKeyViolation(error)) return { outcome: 'uid_taken' };
    if (isForeignKeyViolation(error)) return { outcome: 'parent_missing' };
    throw error;
  }
}

/** Compares the stored version and runs the update of a record, in one transaction. */
export function replaceRecord<T extends Versioned, Stored extends StoredVersion>(params: {
  connection: SqliteConnection;
  record: T;
  readStored: () => Stored | undefined;
  /** A further condition on what is stored; not met, it is a version mismatch. */
  isExpected?: (stored: Stored) => boolean;
  update: () => void;
}): ReplaceResult<T> {
  const { connection, record } = params;
  try {
    return connection.write(() => {
      const stored = params.readStored();
      if (stored === undefined) return { outcome: 'not_found' };
      if (stored.version !== record.version - 1) return { outcome: 'version_mismatch' };
      if (params.isExpected?.(stored) === false) return { outcome: 'version_mismatch' };
      params.update();
      return { outcome: 'replaced', record: { ...record, createdAt: new Date(stored.created_at) } };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { outcome: 'uid_taken' };
    throw error;
  }
}
