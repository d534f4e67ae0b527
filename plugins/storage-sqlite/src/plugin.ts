import { bind, Clock, definePlugin, Random, Storage, StorageAdmin } from '@postrider/core';
import manifest from '../package.json' with { type: 'json' };
import { createSqliteStorageAdmin } from './admin/sqlite-storage-admin.js';
import { sqliteStorageConfig } from './config.js';
import { createSqliteStorage } from './sqlite-storage.js';
import { sqliteStorageCapabilities } from './storage-on-connection.js';

/** Provides `Storage` in one SQLite file. Started means: locked for this process, and the schema is up to date. */
export const sqliteStoragePlugin = definePlugin({
  name: '@postrider/storage-sqlite',
  version: manifest.version,
  api: '^1.0.0',
  config: sqliteStorageConfig,
  provides: [Storage, StorageAdmin],
  requires: { clock: Clock, random: Random },
  capabilities: { ...sqliteStorageCapabilities },
  setup: ({ config, deps, logger }) => {
    const storage = createSqliteStorage(config, { ...deps, logger });
    return {
      ports: [
        bind(Storage, storage),
        bind(StorageAdmin, createSqliteStorageAdmin({ config, clock: deps.clock }), { usableBeforeStart: true }),
      ],
      start: ({ signal }) => storage.migrate({ signal }),
      stop: () => storage.close(),
    };
  },
});
