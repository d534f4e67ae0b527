import { backupTables, type BackupColumnKind, type BackupRow, type BackupTable } from '@postrider/core';
import type pg from 'pg';

const fetchSize = 500;

/** Everything in the schema as of one snapshot, through cursors: no table has to fit into memory. */
export async function* exportRows(client: pg.Client): AsyncGenerator<BackupRow> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (const table of backupTables) {
    await client.query(`DECLARE rows NO SCROLL CURSOR FOR ${selectRows(table)}`);
    let fetched = fetchSize;
    while (fetched === fetchSize) {
      const { rows } = await client.query<Record<string, unknown>>(`FETCH ${fetchSize} FROM rows`);
      fetched = rows.length;
      for (const row of rows) yield { table: table.name, values: toValues(table, row) };
    }
    await client.query('CLOSE rows');
  }
  await client.query('COMMIT');
}

function selectRows({ name, key, columns }: BackupTable): string {
  const fields = Object.keys(columns).map((column) => `"${column}"`);
  return `SELECT ${fields.join(', ')} FROM ${name} ORDER BY ${key.map((column) => `"${column}"`).join(', ')}`;
}

function toValues(table: BackupTable, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(table.columns).map(([column, kind]) => [column, toValue(kind, row[column])]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The driver has parsed everything but `bigint`, which it leaves a text. */
function toValue(kind: BackupColumnKind, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'instant') return (value as Date).toISOString();
  return kind === 'number' ? Number(value) : value;
}
