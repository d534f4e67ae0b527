import Database from 'better-sqlite3';
import pg from 'pg';
import type { AttemptRow, DeliveryRow } from './ledger-rows.ts';

/** What storage says, read beside the servers that work on it. */
export interface Ledger {
  readDeliveries(): Promise<readonly DeliveryRow[]>;
  readAttempts(): Promise<readonly AttemptRow[]>;
}

const attempts = 'SELECT message_id AS "messageId", endpoint_id AS "endpointId", outcome FROM attempts';

function deliveries(columns: { readonly trigger: string; readonly endedAtMs: string }): string {
  return `SELECT id, message_id AS "messageId", endpoint_id AS "endpointId", ${columns.trigger} AS "trigger",
    CAST(status AS text) AS status, reason, attempt_count AS "attemptCount", ${columns.endedAtMs} AS "endedAtMs"
    FROM deliveries`;
}

export function createSqliteLedger(path: string): Ledger {
  const read = async <Row>(sql: string): Promise<readonly Row[]> => {
    const database = new Database(path, { readonly: true });
    try {
      return database.prepare<[], Row>(sql).all();
    } finally {
      database.close();
    }
  };
  return {
    readDeliveries: () => read(deliveries({ trigger: 'trigger_kind', endedAtMs: 'ended_at' })),
    readAttempts: () => read(attempts),
  };
}

export function createPostgresLedger(url: string): Ledger {
  const endedAtMs = 'CAST(extract(epoch FROM ended_at) * 1000 AS double precision)';
  return {
    readDeliveries: () => runSql(url, deliveries({ trigger: 'trigger', endedAtMs })),
    readAttempts: () => runSql(url, attempts),
  };
}

/** Runs a statement on a connection of its own. */
export async function runSql<Row>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the query rejects with it
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
