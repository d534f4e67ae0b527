import type { BackupTable } from '@postrider/core';

/** Columns that are kept under another name. */
const renamed: Readonly<Record<string, string>> = {
  'deliveries.trigger': 'trigger_kind',
  'attempts.trigger': 'trigger_kind',
};

/** Columns that are kept in another table, with the expression that reads them. */
const elsewhere: Readonly<Record<string, string>> = {
  'endpoint_secrets.application_id': 'other.application_id',
  'endpoints.paused_until': 'other.paused_until',
  'endpoints.learned': 'other.learned',
};

const joins: Readonly<Record<string, string>> = {
  endpoint_secrets: 'JOIN endpoints other ON other.id = own.endpoint_id',
  endpoints: 'LEFT JOIN endpoint_queues other ON other.endpoint_id = own.id',
};

function ownColumn(table: string, column: string): string {
  return renamed[`${table}.${column}`] ?? column;
}

/** Reads all rows of the table, each column under its name in the backup. */
export function selectRows({ name, key, columns }: BackupTable): string {
  const expression = (column: string): string => elsewhere[`${name}.${column}`] ?? `own.${ownColumn(name, column)}`;
  const fields = Object.keys(columns).map((column) => `${expression(column)} AS "${column}"`);
  return `SELECT ${fields.join(', ')} FROM ${name} own ${joins[name] ?? ''} ORDER BY ${key.map(expression).join(', ')}`;
}

/** Writes one row of the given columns; those that lie in another table are left to `insertLearned`. */
export function insertRow(table: string, columns: readonly string[]): string {
  const own = columns.filter((column) => elsewhere[`${table}.${column}`] === undefined);
  const names = own.map((column) => ownColumn(table, column));
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${own.map((column) => `:${column}`).join(', ')})`;
}

/** What delivery learned about an endpoint. Deliveries come later: the triggers on them make the queue ready. */
export const insertLearned = `INSERT INTO endpoint_queues (endpoint_id, ready_at, paused_until, learned, turn)
SELECT :id, NULL, :paused_until, :learned, 0 WHERE :paused_until IS NOT NULL OR :learned IS NOT NULL`;
