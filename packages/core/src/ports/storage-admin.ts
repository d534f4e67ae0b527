import type { BackupRow } from '../backup/backup-row.js';
import { definePort } from '../plugin/define-port.js';

/** One step of a schema. */
export interface SchemaStep {
  readonly number: number;
  readonly name: string;
  /** Versions that do not know the step must not touch the data any more. */
  readonly breaking: boolean;
}

/** How far the schema of a store is. */
export interface SchemaState {
  readonly applied: readonly (SchemaStep & { readonly appliedAt: Date })[];
  /** What this version would apply, in order. All of its steps when the store is new. */
  readonly pending: readonly (SchemaStep & {
    /** What would be run, in the language of the store. */
    readonly script: string;
  })[];
  /** Applied steps that this version does not know: a newer one was here. */
  readonly unknown: readonly SchemaStep[];
}

/** Something about the database that an operator should change. */
export interface StoreFinding {
  /** What was found, and what it means. */
  readonly found: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What the database beneath a store says of itself. */
export interface StoreFacts {
  readonly product: string;
  readonly version: string;
  /** The database's own time; absent when it is the time of this machine. */
  readonly clockAt?: Date | undefined;
  /** Settings that matter, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** When the oldest transaction began that keeps dead rows from being removed. */
  readonly oldestSnapshotAt?: Date | undefined;
  readonly findings: readonly StoreFinding[];
}

/**
 * A store in the hands of its operator, not of the server. Every method opens what it needs and closes it again, works
 * before `migrate` and while a server runs (but `importRows`), and changes nothing (but `importRows`).
 * Errors of every method: `STORAGE_UNAVAILABLE`.
 */
export interface StorageAdmin {
  /** Nothing applied when the store does not exist yet. */
  inspectSchema(params: { signal?: AbortSignal }): Promise<SchemaState>;

  /** Asks the database about itself. */
  examine(params: { signal?: AbortSignal }): Promise<StoreFacts>;

  /**
   * Everything that is kept, as of one moment: the rows of `backupTables`, table by table, in the order of their keys.
   * Rejects with `STORAGE_SCHEMA_BEHIND` unless the schema is that of this version.
   */
  exportRows(params: { signal?: AbortSignal }): AsyncIterable<BackupRow>;

  /**
   * Writes the rows into an empty store whose schema is that of this version: all of them or, when it rejects, none.
   * Rejects with `STORAGE_NOT_EMPTY`, `STORAGE_SCHEMA_BEHIND`, `STORAGE_LOCKED` (a server has the store open),
   * `BACKUP_INVALID` (a row does not fit), and with what `rows` throws. Tables come in the order of `backupTables`.
   */
  importRows(params: { rows: AsyncIterable<BackupRow>; signal?: AbortSignal }): Promise<void>;
}

/** Of the plugin that provides the storage; optional: without it there is no backup and no look at the schema. */
export const StorageAdmin = definePort<StorageAdmin>({ id: 'postrider.storage_admin', version: 1 });
