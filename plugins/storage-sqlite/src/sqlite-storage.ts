import {
  silentLogger,
  systemClock,
  systemRandom,
  type Clock,
  type Logger,
  type Random,
  type Storage,
} from '@postrider/core';
import { parseSqliteStorageOptions, type SqliteStorageOptions } from './config.js';
import { SqliteConnection } from './connection.js';
import { createStorageOn } from './storage-on-connection.js';

/** What the storage works with; each has a sensible default outside a host. */
export interface SqliteStorageDeps {
  /** The system's clock by default. */
  readonly clock?: Clock;
  /** The system's generator by default. */
  readonly random?: Random;
  /** Silent by default. */
  readonly logger?: Logger;
}

/**
 * A `Storage` in one SQLite file, for one process. What a write acknowledged survives the loss of the process and of
 * power. Opens nothing before `migrate`. Statements run synchronously: a call takes the event loop for as long as its
 * statement runs, which for the batches of the hot path is a few milliseconds.
 *
 * Throws `CONFIG_INVALID` when an option is.
 */
export function createSqliteStorage(options: SqliteStorageOptions, deps: SqliteStorageDeps = {}): Storage {
  const { clock = systemClock, random = systemRandom, logger = silentLogger } = deps;
  const connection = new SqliteConnection({ config: parseSqliteStorageOptions(options), clock, logger });
  return createStorageOn(connection, { clock, random, logger });
}
