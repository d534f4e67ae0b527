import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, type Storage } from '@postrider/core';
import { createPostgresStorage } from '@postrider/storage-postgres';
import { createSqliteStorage } from '@postrider/storage-sqlite';
import { targets } from './targets.ts';

/** Storages of this process, empty and without a server, by the names of the targets. */
export async function openStorages(
  names: readonly string[],
): Promise<{ storages: { name: string; storage: Storage }[]; close(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-bench-'));
  const postgres = targets.find(({ name }) => name === 'postgres');
  const storages: { name: string; storage: Storage }[] = [];
  if (names.includes('sqlite')) {
    storages.push({ name: 'sqlite', storage: createSqliteStorage({ path: join(directory, 'bench.db') }) });
  }
  if (names.includes('postgres') && postgres !== undefined) {
    const { POSTRIDER_DATABASE_URL: url = '' } = await postgres.environment();
    storages.push({ name: 'postgres', storage: createPostgresStorage({ url }, { logger: silentLogger }) });
  }
  return {
    storages,
    async close() {
      for (const { storage } of storages) await storage.close();
      await postgres?.cleanUp();
      rmSync(directory, { recursive: true });
    },
  };
}
