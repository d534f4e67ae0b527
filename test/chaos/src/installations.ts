import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startCrashablePostgres,
  startFaultProxy,
  type CrashablePostgres,
  type FaultProxy,
} from '@postrider/test-support';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { AttemptRow, DeliveryRow } from './ledger-rows.ts';

/** A PostgreSQL server that only this run uses, reached by the servers through a proxy. */
export interface BreakableDatabase {
  readonly server: CrashablePostgres;
  readonly proxy: FaultProxy;
  /** Runs a statement past the proxy. */
  run(sql: string): Promise<readonly unknown[]>;
}

/** Where the servers of a run keep their data, and a way to read it that no fault disturbs. */
export interface Installation {
  readonly name: 'sqlite' | 'postgres';
  readonly environment: Readonly<Record<string, string>>;
  /** What can be broken besides processes. */
  readonly database?: BreakableDatabase | undefined;
  readDeliveries(): Promise<readonly DeliveryRow[]>;
  readAttempts(): Promise<readonly AttemptRow[]>;
  drop(): Promise<void>;
}

const attempts = 'SELECT message_id AS "messageId", endpoint_id AS "endpointId", outcome FROM attempts';

function deliveries(columns: { readonly trigger: string; readonly endedAtMs: string }): string {
  return `SELECT id, message_id AS "messageId", endpoint_id AS "endpointId", ${columns.trigger} AS "trigger",
    CAST(status AS text) AS status, reason, attempt_count AS "attemptCount", ${columns.endedAtMs} AS "endedAtMs"
    FROM deliveries`;
}

export function createSqliteInstallation(): Installation {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-chaos-'));
  const read = async <Row>(sql: string): Promise<readonly Row[]> => {
    const database = new Database(join(directory, 'postrider.db'), { readonly: true });
    try {
      return database.prepare<[], Row>(sql).all();
    } finally {
      database.close();
    }
  };
  return {
    name: 'sqlite',
    environment: { POSTRIDER_DATA_DIR: directory },
    readDeliveries: () => read(deliveries({ trigger: 'trigger_kind', endedAtMs: 'ended_at' })),
    readAttempts: () => read(attempts),
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function createPostgresInstallation(): Promise<Installation> {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-chaos-'));
  const server = await startCrashablePostgres();
  const proxy = await startFaultProxy({ port: server.port });
  const throughProxy = new URL(server.url);
  throughProxy.port = String(proxy.port);
  const run = async <Row>(sql: string): Promise<readonly Row[]> => {
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => undefined); // the query rejects with it
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  return {
    name: 'postgres',
    environment: { POSTRIDER_DATABASE_URL: throughProxy.href, POSTRIDER_DATA_DIR: directory },
    database: { server, proxy, run },
    readDeliveries: () =>
      run(
        deliveries({ trigger: 'trigger', endedAtMs: 'CAST(extract(epoch FROM ended_at) * 1000 AS double precision)' }),
      ),
    readAttempts: () => run(attempts),
    async drop() {
      await proxy.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
