import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, requireService } from '@postrider/test-support';

/** A place for a server's data that outlives the server's processes. */
export interface StorageUnderTest {
  /** Environment of every server process that works on it. */
  readonly environment: Readonly<Record<string, string>>;
  drop(): Promise<void>;
}

export interface StorageKind {
  readonly name: 'sqlite' | 'postgres';
  /** `false` where the service is absent; the closing summary of the run says so. */
  readonly available: boolean;
  create(): Promise<StorageUnderTest>;
}

/** The storages that every end-to-end rule is proved on. */
export const storageKinds: readonly StorageKind[] = [
  {
    name: 'sqlite',
    available: true,
    create() {
      const directory = mkdtempSync(join(tmpdir(), 'postrider-e2e-'));
      return Promise.resolve({
        environment: { POSTRIDER_STORAGE: '@postrider/storage-sqlite', POSTRIDER_DATA_DIR: directory },
        drop: () => Promise.resolve(rmSync(directory, { recursive: true, force: true })),
      });
    },
  },
  {
    name: 'postgres',
    available: requireService('postgres', import.meta.url).available,
    async create() {
      const database = await createTestDatabase();
      const directory = mkdtempSync(join(tmpdir(), 'postrider-e2e-'));
      return {
        environment: { POSTRIDER_DATABASE_URL: database.url, POSTRIDER_DATA_DIR: directory },
        async drop() {
          rmSync(directory, { recursive: true, force: true });
          await database.drop();
        },
      };
    },
  },
];
