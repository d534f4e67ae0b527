import { bind, Clock, definePlugin, Random, Storage } from '@postrider/core';
import { createSqliteStorage } from '@postrider/storage-sqlite';
import { z } from 'zod';
import { watchSlowCalls } from './slow-calls.ts';

/** The embedded storage, which tells of calls that were slow. */
export default definePlugin({
  name: '@acme/storage-watched',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({
    path: z.string().min(1).describe('The database file.'),
    slowMs: z.number().min(0).default(100).describe('Calls that take so many milliseconds are logged.'),
  }),
  provides: [Storage],
  requires: { clock: Clock, random: Random },
  capabilities: { durable: true, multiProcess: false },
  setup: ({ config: { path, slowMs }, deps, logger }) => {
    const storage = createSqliteStorage({ path }, { ...deps, logger });
    return {
      ports: [bind(Storage, watchSlowCalls(storage, { slowMs, clock: deps.clock, logger }))],
      start: ({ signal }) => storage.migrate({ signal }),
      stop: () => storage.close(),
    };
  },
});
