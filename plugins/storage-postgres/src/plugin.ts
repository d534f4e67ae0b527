import { bind, Clock, definePlugin, Random, Storage } from '@postrider/core';
import manifest from '../package.json' with { type: 'json' };
import { postgresStorageConfig } from './config.js';
import { createPostgresStorage } from './postgres-storage.js';

/** Provides `Storage` on PostgreSQL. */
export const plugin = definePlugin({
  name: '@postrider/storage-postgres',
  version: manifest.version,
  api: '^1.0.0',
  config: postgresStorageConfig,
  provides: [Storage],
  requires: { clock: Clock, random: Random },
  capabilities: { durable: true, multiProcess: true },
  setup({ config, deps, logger }) {
    const storage = createPostgresStorage(config, { ...deps, logger });
    return {
      ports: [bind(Storage, storage)],
      start: ({ signal }) => storage.migrate({ signal }),
      stop: () => storage.close(),
    };
  },
});
