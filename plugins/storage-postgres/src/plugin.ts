import { bind, Clock, contribute, definePlugin, hintRelays, Random, Storage, StorageAdmin } from '@postrider/core';
import manifest from '../package.json' with { type: 'json' };
import { createPostgresStorageAdmin } from './admin/postgres-storage-admin.js';
import { postgresStorageConfig } from './config.js';
import { createPostgresStorage } from './postgres-storage.js';

/** Provides `Storage` on PostgreSQL, and carries hints between the processes that share it. */
export const plugin = definePlugin({
  name: '@postrider/storage-postgres',
  version: manifest.version,
  api: '^1.0.0',
  config: postgresStorageConfig,
  provides: [Storage, StorageAdmin],
  contributes: [hintRelays],
  requires: { clock: Clock, random: Random },
  capabilities: { durable: true, multiProcess: true },
  setup({ config, deps, logger }) {
    const storage = createPostgresStorage(config, { ...deps, logger });
    const admin = createPostgresStorageAdmin({ config, clock: deps.clock, logger });
    return {
      ports: [bind(Storage, storage), bind(StorageAdmin, admin, { usableBeforeStart: true })],
      contributions: [contribute(hintRelays, storage.hints)],
      start: ({ signal }) => storage.migrate({ signal }),
      stop: () => storage.close(),
    };
  },
});
