import type { Logger } from '@postrider/core';
import pg from 'pg';
import type { PostgresStorageConfig } from '../config.js';

const idleInTransactionTimeoutMs = 30_000;
/** Connections are renewed, so that after a failover none leads to the old primary for longer. */
const maxLifetimeSeconds = 300;

/**
 * Settings of every session. The tables of the hot path grow from nothing to millions of rows between two ANALYZE, and
 * a prepared statement keeps the plan it was given: one made for an empty partition would read a full one from end to
 * end. So sequential scans are not on offer; every statement has an index to go by. For the same reason statements
 * that update deliveries name their messages as an array (`message_id = ANY (…)`) and compare the status as text, which
 * keeps the partial indexes out: that leaves the primary key as the only way in, whatever the planner believes.
 * Bitmap scans never mark the index entries of dead rows, over which the next scan would stumble again.
 */
function sessionOptions({ schema }: PostgresStorageConfig): string {
  return `-c search_path=${schema} -c enable_seqscan=off -c enable_bitmapscan=off -c timezone=UTC`;
}

/** What a connection of any kind needs to find the database and the schema. */
export function connectionOptions(config: PostgresStorageConfig): pg.ClientConfig {
  return {
    connectionString: config.url,
    application_name: config.applicationName,
    connectionTimeoutMillis: config.connectTimeoutMs,
    keepAlive: true,
    options: sessionOptions(config),
  };
}

/** The one pool of a storage; TypeORM works on it too. Opens no connection before it is asked for one. */
export function createPool({ config, logger }: { config: PostgresStorageConfig; logger: Logger }): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(config),
    max: config.poolSize,
    maxLifetimeSeconds,
    // Its lifetime alone ends a connection: to open some at once, when load comes back, takes longer than to keep them.
    idleTimeoutMillis: 0,
    statement_timeout: config.statementTimeoutMs,
    query_timeout: config.queryTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    // Statements of one transaction leave together and share a round trip.
    pipeline: true,
  });
  // An `error` event without a listener ends the process: the pool listens to idle clients only, and re-emits.
  pool.on('error', (error) => logger.warn('An idle connection to PostgreSQL was lost', { error }));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
