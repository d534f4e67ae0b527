import { silentLogger, systemClock, systemRandom, type Storage } from '@postrider/core';
import { parseSqliteStorageOptions } from '../../src/config.js';
import { SqliteConnection } from '../../src/connection.js';
import type { Migration } from '../../src/migrations/migration.js';
import { createStorageOn } from '../../src/storage-on-connection.js';

/** A connection whose inside a test can look at, not yet open, and the storage on it. */
export function newConnection(
  path: string,
  given: { logger?: typeof silentLogger; migrations?: readonly Migration[] } = {},
): { connection: SqliteConnection; storage: Storage } {
  const { logger = silentLogger, migrations } = given;
  const config = parseSqliteStorageOptions({ path });
  const connection = new SqliteConnection({ config, clock: systemClock, logger, migrations });
  return { connection, storage: createStorageOn(connection, { clock: systemClock, random: systemRandom, logger }) };
}

/** Sets or reads a pragma on the connection; the value it answers with, if any. */
export function pragma(connection: SqliteConnection, text: string): unknown {
  const statement = connection.statement<Record<string, unknown>>(`PRAGMA ${text}`);
  if (!statement.reader) return void statement.run();
  const row = statement.get();
  return row && Object.values(row)[0];
}
