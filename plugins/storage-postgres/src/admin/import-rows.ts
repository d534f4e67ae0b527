import { backupTables, coreError, type BackupRow, type BackupTable } from '@postrider/core';
import type pg from 'pg';
import { sqlStateOf } from '../errors.js';
import type { PartitionDay } from '../partitions/days.js';
import { daysOfMessages } from '../partitions/days.js';

/** Rows per statement, and at most so many bytes of them. */
const batchRows = 500;
const batchBytes = 4 * 1024 * 1024;

/** What PostgreSQL derives from the rows: the queue, what lines need to know, the uniqueness of event ids over all days. */
const derived = [
  `INSERT INTO pending_deliveries (application_id, delivery_id, message_id, endpoint_id, retry, due_at)
    SELECT application_id, id, message_id, endpoint_id, attempt_count > 0, due_at FROM deliveries d WHERE status = 'pending'
      AND NOT EXISTS (SELECT FROM ordered_deliveries WHERE application_id = d.application_id AND delivery_id = d.id AND held)`,
  `UPDATE ordered_deliveries o SET due_at = d.due_at FROM deliveries d
    WHERE d.application_id = o.application_id AND d.message_id = o.message_id AND d.id = o.delivery_id`,
  `INSERT INTO line_changes (endpoint_id, ordering_key) SELECT DISTINCT endpoint_id, ordering_key FROM ordered_deliveries`,
  `SELECT setval(pg_get_serial_sequence('ordered_deliveries', 'position'), max(position)) FROM ordered_deliveries`,
  `INSERT INTO event_ids (application_id, event_id, message_id)
    SELECT application_id, event_id, id FROM messages WHERE event_id IS NOT NULL`,
];

export interface ImportParams {
  readonly client: pg.Client;
  readonly rows: AsyncIterable<BackupRow>;
  /** Creates the partitions of these days, where they are missing. */
  readonly createPartitions: (days: readonly PartitionDay[]) => Promise<void>;
}

/** Writes the rows in one transaction. Partitions are made outside of it: empty ones do no harm. */
export async function importRows({ client, rows, createPartitions }: ImportParams): Promise<void> {
  await refuseUnlessEmpty(client);
  await client.query('BEGIN');
  try {
    for await (const batch of batchesOf(rows)) {
      const messageIds = batch.flatMap(({ table, values }) => messageIdOf(table, values) ?? []);
      if (messageIds.length > 0) await createPartitions(daysOfMessages(messageIds));
      await insert(client, batch);
    }
    for (const statement of derived) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (!/^(22|23)/.test(sqlStateOf(error) ?? '')) throw error;
    throw invalid(`The rows do not fit together (SQLSTATE ${sqlStateOf(error)})`);
  }
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  for (const { name } of backupTables) {
    const { rowCount } = await client.query(`SELECT FROM ${name} LIMIT 1`);
    if (rowCount === 0) continue;
    throw coreError(
      'STORAGE_NOT_EMPTY',
      `The store holds rows in "${name}" already. Restore into a new one; nothing was changed.`,
    );
  }
}

/** Rows of one table with the same columns, as many as one statement takes. */
async function* batchesOf(rows: AsyncIterable<BackupRow>): AsyncGenerator<readonly BackupRow[]> {
  let batch: BackupRow[] = [];
  let bytes = 0;
  let form = '';
  for await (const row of rows) {
    const rowForm = `${row.table} ${Object.keys(row.values).join(' ')}`;
    if (batch.length > 0 && (rowForm !== form || batch.length === batchRows || bytes > batchBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    form = rowForm;
    batch.push(row);
    bytes += JSON.stringify(row.values).length;
  }
  if (batch.length > 0) yield batch;
}

/** The message that decides in which partition the row lies. */
function messageIdOf(table: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const column = { messages: 'id', deliveries: 'message_id', attempts: 'message_id' }[table];
  const id = column === undefined ? undefined : values[column];
  if (id !== undefined && typeof id !== 'string') throw invalid(`A row of "${table}" has no message`);
  return id;
}

async function insert(client: pg.Client, batch: readonly BackupRow[]): Promise<void> {
  const [first] = batch;
  const table = tableOf(first?.table);
  const columns = Object.keys(first?.values ?? {});
  const unknown = columns.find((column) => table.columns[column] === undefined);
  if (unknown !== undefined) throw invalid(`There is no column "${unknown}" in "${table.name}"`);
  const names = columns.map((column) => `"${column}"`).join(', ');
  await client.query(
    `INSERT INTO ${table.name} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table.name}, $1)`,
    [JSON.stringify(batch.map(({ values }) => values))],
  );
}

function tableOf(name: string | undefined): BackupTable {
  const table = backupTables.find((candidate) => candidate.name === name);
  if (table === undefined) throw invalid(`There is no table "${String(name)}"`);
  return table;
}

function invalid(found: string): Error {
  return coreError(
    'BACKUP_INVALID',
    `${found}: the backup is damaged, or of a newer version than this one. Nothing was changed.`,
  );
}
