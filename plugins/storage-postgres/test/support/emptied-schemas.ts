import type pg from 'pg';
import { withSql } from './sql-client.js';

/**
 * Schemas that can be used again. To make all tables anew takes a second where files are slow, to empty those that a
 * small test has filled takes a few milliseconds.
 */
export class EmptiedSchemas {
  readonly #tables = new Map<string, string>();
  readonly #free: string[] = [];

  /** One that is as it was when it was new, if there is one. */
  take(): string | undefined {
    return this.#free.pop();
  }

  /** Remembers what a new schema looks like. */
  async remember(schema: string, url: string): Promise<void> {
    this.#tables.set(schema, await withSql({ url }, async (client) => readTables(schema, client)));
  }

  /** Empties a schema that nobody uses any more; one in which tables came or went is left alone. */
  async giveBack(schema: string, url: string): Promise<void> {
    await withSql({ url }, async (client) => {
      if ((await readTables(schema, client)) !== this.#tables.get(schema)) return;
      await client.query(empty(schema));
      this.#free.push(schema);
    });
  }
}

/** The parents of partitions stand for them. Triggers and foreign keys have nothing to say in a replica's session. */
function empty(schema: string): string {
  return `DO $$
    DECLARE name regclass;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR name IN SELECT oid FROM pg_class WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('r', 'p')
        AND NOT relispartition AND relname <> 'schema_migrations'
      LOOP
        EXECUTE format('DELETE FROM %s', name);
      END LOOP;
    END $$`;
}

async function readTables(schema: string, client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(relname, ' ' ORDER BY relname) AS names FROM pg_class WHERE relnamespace = $1::regnamespace`,
    [schema],
  );
  return rows[0]?.names ?? '';
}
