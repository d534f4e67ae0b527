import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startCrashablePostgres,
  startFaultProxy,
  type CrashablePostgres,
  type FaultProxy,
} from '@postrider/test-support';
import { createPostgresLedger, createSqliteLedger, runSql, type Ledger } from './ledger.ts';

/** A PostgreSQL server that only this run uses, reached by the servers through a proxy. */
export interface BreakableDatabase {
  readonly server: CrashablePostgres;
  readonly proxy: FaultProxy;
  /** Runs a statement past the proxy. */
  run(sql: string): Promise<readonly unknown[]>;
}

/** Where the servers of a run keep their data, and a way to read it that no fault disturbs. */
export interface Installation extends Ledger {
  readonly name: 'sqlite' | 'postgres';
  readonly environment: Readonly<Record<string, string>>;
  /** What can be broken besides processes. */
  readonly database?: BreakableDatabase | undefined;
  drop(): Promise<void>;
}

export function createSqliteInstallation(): Installation {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-chaos-'));
  return {
    name: 'sqlite',
    environment: { POSTRIDER_DATA_DIR: directory },
    ...createSqliteLedger(join(directory, 'postrider.db')),
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function createPostgresInstallation(): Promise<Installation> {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-chaos-'));
  const server = await startCrashablePostgres();
  const proxy = await startFaultProxy({ port: server.port });
  const throughProxy = new URL(server.url);
  throughProxy.port = String(proxy.port);
  return {
    name: 'postgres',
    environment: { POSTRIDER_DATABASE_URL: throughProxy.href, POSTRIDER_DATA_DIR: directory },
    database: { server, proxy, run: (sql) => runSql(server.url, sql) },
    ...createPostgresLedger(server.url),
    async drop() {
      await proxy.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
