import { Client } from 'pg';

/** Where PostgreSQL is: a role that may create databases. */
export const adminUrl = process.env['POSTRIDER_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database that nobody else uses. */
export interface OwnDatabase {
  readonly url: string;
  /** As autovacuum does: statistics for the planner, and which pages all can see. */
  vacuum(): Promise<void>;
  drop(): Promise<void>;
}

let made = 0;

export async function createDatabase(): Promise<OwnDatabase> {
  made += 1;
  const name = `postrider_bench_${process.pid}_${made}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    vacuum: async () => void (await administer('VACUUM (ANALYZE)', url.href)),
    drop: async () => void (await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** The first column of the first row, as text. */
export async function askPostgres(statement: string): Promise<string> {
  const [row] = await administer(statement);
  return String(Object.values(row ?? {})[0]);
}

async function administer(statement: string, url = adminUrl): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
