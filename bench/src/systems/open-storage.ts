import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, type Storage } from '@postrider/core';
import { createPostgresStorage } from '@postrider/storage-postgres';
import { createSqliteStorage } from '@postrider/storage-sqlite';
import { createDatabase } from './databases.ts';

export type StorageName = 'sqlite' | 'postgres';

/** A storage of this process, migrated and empty, without a server. */
export interface OpenedStorage {
  readonly storage: Storage;
  /** Does what the database does by itself after a while: after much was written at once, a benchmark cannot wait for it. */
  maintain(): Promise<void>;
  /** Closes it and removes what it kept. */
  remove(): Promise<void>;
}

export async function openStorage(name: StorageName): Promise<OpenedStorage> {
  const opened = await (name === 'sqlite' ? openSqlite() : openPostgres());
  await opened.storage.migrate({});
  return opened;
}

async function openSqlite(): Promise<OpenedStorage> {
  const directory = await mkdtemp(join(tmpdir(), 'postrider-bench-'));
  const storage = createSqliteStorage({ path: join(directory, 'postrider.db') });
  return {
    storage,
    maintain: async () => undefined,
    async remove() {
      await storage.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function openPostgres(): Promise<OpenedStorage> {
  const database = await createDatabase();
  const storage = createPostgresStorage({ url: database.url }, { logger: silentLogger });
  return {
    storage,
    maintain: () => database.vacuum(),
    async remove() {
      await storage.close();
      await database.drop();
    },
  };
}
