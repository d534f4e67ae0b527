import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

/** A storage to run the pipeline on. */
export interface Target {
  readonly name: string;
  /** Environment of the server. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** Removes what `environment` made. */
  cleanUp(): Promise<void>;
}

export const adminUrl = process.env['POSTRIDER_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const databaseName = `postrider_bench_${process.pid}`;

/** The same server with a storage that forgets everything at exit: what the rest of the pipeline can do at best. */
const nullStorage: Target = {
  name: 'null storage',
  environment: () =>
    Promise.resolve({ POSTRIDER_STORAGE: fileURLToPath(new URL('./null-storage.ts', import.meta.url)) }),
  cleanUp: () => Promise.resolve(),
};

const sqlite: Target = {
  name: 'sqlite',
  environment: () => Promise.resolve({ POSTRIDER_STORAGE: '@postrider/storage-sqlite' }),
  cleanUp: () => Promise.resolve(),
};

const postgres: Target = {
  name: 'postgres',
  async environment() {
    await administer(`CREATE DATABASE ${databaseName}`);
    const url = new URL(adminUrl);
    url.pathname = `/${databaseName}`;
    return { POSTRIDER_DATABASE_URL: url.href };
  },
  cleanUp: () => administer(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`),
};

export async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export const targets: readonly Target[] = [nullStorage, sqlite, postgres];
