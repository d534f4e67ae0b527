/**
 * How a column is written in a backup, whatever the store makes of it:
 *
 * - `text`, `number`, `flag` (true or false): as JSON has them;
 * - `instant`: ISO 8601 in UTC with milliseconds;
 * - `texts`, `numbers`: a list;
 * - `json`: the value itself.
 *
 * Absence is `null`.
 */
export type BackupColumnKind = 'text' | 'number' | 'flag' | 'instant' | 'texts' | 'numbers' | 'json';

/** A table of the storage-neutral form of all that is kept. */
export interface BackupTable {
  readonly name: string;
  /** The columns by which rows are ordered, compared byte by byte; no two rows have the same. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, BackupColumnKind>>;
}

/** One row of a backup, with every column of its table. */
export interface BackupRow {
  readonly table: string;
  readonly values: Readonly<Record<string, unknown>>;
}
