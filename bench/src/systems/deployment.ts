import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from './databases.ts';
import { startServer, type ServerProcess } from './server-process.ts';

/** What a server keeps its messages in. `null` forgets everything at exit: the ceiling of everything but storage. */
export type StorageKind = 'null' | 'sqlite' | 'postgres';

/** An empty store, and servers on it. */
export interface Deployment {
  /** Starts a server process on the store; variables are added to its environment. */
  start(variables?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  /** Stops those that still run and removes the store. */
  remove(): Promise<void>;
}

const nullStorage = fileURLToPath(new URL('null-storage.ts', import.meta.url));

export async function createDeployment(kind: StorageKind): Promise<Deployment> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'postrider-bench-'));
  const database = kind === 'postgres' ? await createDatabase() : undefined;
  const storage: Readonly<Record<StorageKind, Readonly<Record<string, string>>>> = {
    null: { POSTRIDER_STORAGE: nullStorage },
    sqlite: { POSTRIDER_STORAGE: '@postrider/storage-sqlite' },
    postgres: { POSTRIDER_DATABASE_URL: database?.url ?? '' },
  };
  const running = new Set<ServerProcess>();
  return {
    async start(variables = {}) {
      const server = await startServer({ POSTRIDER_DATA_DIR: dataDirectory, ...storage[kind], ...variables });
      running.add(server);
      const stop = async (): Promise<void> => {
        running.delete(server);
        await server.stop();
      };
      return { ...server, stop };
    },
    async remove() {
      await Promise.all([...running].map((server) => server.stop()));
      await database?.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
