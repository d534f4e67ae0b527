import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage, type PluginEntry } from '@postrider/core';
import { createTestDatabase, requireService } from '@postrider/test-support';
import storagePostgres from '@postrider/storage-postgres';
import storageSqlite from '@postrider/storage-sqlite';
import { rootKey, startTestServer, type TestServer, type TestServerOptions } from './test-server.js';

const postgres = requireService('postgres', import.meta.url);

/** A server on a real store. */
export interface StoredServer extends TestServer {
  readonly storage: Storage;
}

interface RealStorage {
  readonly name: string;
  /** Starts a server on an empty store of its own, which goes when the server is closed. */
  readonly start: (options?: TestServerOptions) => Promise<StoredServer>;
}

async function startOn(
  entry: PluginEntry,
  { options, cleanUp }: { readonly options: TestServerOptions; readonly cleanUp: () => Promise<void> | void },
): Promise<StoredServer> {
  const environment = { POSTRIDER_API_KEY: rootKey, ...options.environment };
  const server = await startTestServer({ ...options, environment, entry });
  return {
    ...server,
    storage: server.server.kernel.get(Storage),
    close: async () => {
      await server.close();
      await cleanUp();
    },
  };
}

/** The storages that ship with the server, for `describe.each`. */
export const eachStorage: readonly RealStorage[] = [
  {
    name: 'SQLite',
    start: (options = {}) => {
      const directory = mkdtempSync(join(tmpdir(), 'postrider-server-'));
      const entry = { plugin: storageSqlite, config: { path: join(directory, 'postrider.db') } };
      return startOn(entry, { options, cleanUp: () => rmSync(directory, { recursive: true, force: true }) });
    },
  },
  ...(postgres.available ? [onPostgres()] : []),
];

function onPostgres(): RealStorage {
  return {
    name: 'PostgreSQL',
    start: async (options = {}) => {
      const database = await createTestDatabase();
      const entry = { plugin: storagePostgres, config: { url: database.url } };
      return startOn(entry, { options, cleanUp: () => database.drop() });
    },
  };
}
