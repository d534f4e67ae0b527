import type { Clock } from '@postrider/core';
import pg from 'pg';
import { inTransaction } from '../database/transaction.js';
import { dayOfSuffix, daysFrom, partitionedTables, type PartitionDay } from './days.js';

const daysAhead = 7;
const dayMs = 86_400_000;
/** Whoever waits for a lock on a hot table makes all others wait behind it: so it is not waited for long. */
const lockTimeoutMs = 250;

/**
 * Settings of a partition. Autovacuum comes early and does not pause: a partition lives through nearly all of its
 * changes on one day, and dead rows make claims slow.
 */
const storageParameters: Readonly<Record<(typeof partitionedTables)[number], string>> = {
  messages: 'autovacuum_vacuum_insert_scale_factor = 0.1',
  deliveries:
    'fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.1',
  attempts: 'autovacuum_vacuum_insert_scale_factor = 0.1',
};

/** The daily partitions of one schema. */
export interface Partitions {
  /** Creates those of the days that are missing. */
  create(days: readonly PartitionDay[]): Promise<void>;
  /** Creates those of yesterday to a week ahead, where they are missing. */
  createAhead(): Promise<void>;
  /** Days that have partitions, oldest first. */
  list(): Promise<readonly PartitionDay[]>;
  /**
   * Drops the partitions of a day unless one of its deliveries is unfinished. Returns how many messages went, the
   * planner's estimate when there were many; `undefined` when the day was kept or already gone.
   */
  drop(day: PartitionDay): Promise<number | undefined>;
}

/** Makes the partitions of the schema that the pool's connections are in. */
export function createPartitions(params: { pool: pg.Pool; clock: Clock; schema: string }): Partitions {
  const { pool, clock, schema } = params;
  const create = (days: readonly PartitionDay[]): Promise<void> => createMissing({ pool, schema, days });
  return {
    create,
    createAhead: () => create(daysFrom(new Date(clock.nowMs() - dayMs), daysAhead + 2)),
    list: () => listDays(pool),
    drop: (day) => dropDay(pool, day),
  };
}

async function createMissing(params: { pool: pg.Pool; schema: string; days: readonly PartitionDay[] }): Promise<void> {
  const { pool, schema, days } = params;
  const missingIn = async (client: pg.Pool | pg.PoolClient): Promise<PartitionDay[]> => {
    const existing = new Set((await listDays(client)).map(({ suffix }) => suffix));
    return days.filter(({ suffix }) => !existing.has(suffix));
  };
  if ((await missingIn(pool)).length === 0) return;
  await inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('postrider.partitions.' || $1, 0))`, [schema]);
    for (const day of await missingIn(client)) {
      for (const table of partitionedTables) await client.query(createPartitionSql(table, day));
    }
  });
}

/** Made apart and then attached, which lets the others go on writing to the table. */
function createPartitionSql(table: (typeof partitionedTables)[number], day: PartitionDay): string {
  const name = `${table}_${day.suffix}`;
  const bounds = `FROM (${pg.escapeLiteral(day.lowerId)}) TO (${pg.escapeLiteral(day.upperId)})`;
  return `CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL) WITH (${storageParameters[table]});
    ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES ${bounds};`;
}

async function listDays(client: pg.Pool | pg.PoolClient): Promise<PartitionDay[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = to_regclass('messages') ORDER BY c.relname`);
  return rows.flatMap(({ name }) => dayOfSuffix(name.slice('messages_'.length)) ?? []);
}

async function dropDay(pool: pg.Pool, day: PartitionDay): Promise<number | undefined> {
  if (await hasUnfinished(pool, day)) return undefined;
  const messages = await countMessages(pool, day);
  const tables = partitionedTables.map((table) => `${table}_${day.suffix}`);
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    // The parents first, as every other statement does: the other order could deadlock with a replay.
    await client.query(`LOCK TABLE ONLY ${partitionedTables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    const days = await listDays(client);
    if (!days.some(({ suffix }) => suffix === day.suffix)) return undefined;
    // A message may have been replayed since it was looked at.
    if (await hasUnfinished(client, day)) return undefined;
    await client.query(`DROP TABLE ${tables.join(', ')}`);
    return messages;
  });
}

async function hasUnfinished(client: pg.Pool | pg.PoolClient, day: PartitionDay): Promise<boolean> {
  const { rows } = await client.query<{ unfinished: boolean }>(
    `SELECT EXISTS (SELECT FROM deliveries WHERE status = 'in_flight' AND message_id >= $1 AND message_id < $2)
      OR EXISTS (SELECT FROM pending_deliveries WHERE message_id >= $1 AND message_id < $2)
      OR EXISTS (SELECT FROM ordered_deliveries WHERE message_id >= $1 AND message_id < $2) AS unfinished`,
    [day.lowerId, day.upperId],
  );
  return rows[0]?.unfinished ?? true;
}

const exactCountLimit = 1_000_000;

async function countMessages(pool: pg.Pool, day: PartitionDay): Promise<number> {
  const { rows } = await pool.query<{ estimate: number }>(
    'SELECT reltuples::float8 AS estimate FROM pg_class WHERE oid = to_regclass($1)',
    [`messages_${day.suffix}`],
  );
  const estimate = rows[0]?.estimate ?? 0;
  if (estimate > exactCountLimit) return estimate;
  const counted = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM messages WHERE id >= $1 AND id < $2',
    [day.lowerId, day.upperId],
  );
  return counted.rows[0]?.count ?? 0;
}
