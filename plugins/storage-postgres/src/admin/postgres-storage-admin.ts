import type { Clock, Logger, StorageAdmin } from '@postrider/core';
import type { PostgresStorageConfig } from '../config.js';
import { createPool } from '../database/pool.js';
import { toStorageError } from '../errors.js';
import { migrations } from '../migrations/index.js';
import { createPartitions } from '../partitions/partitions.js';
import { examineServer } from './examine.js';
import { exportRows } from './export-rows.js';
import { importRows } from './import-rows.js';
import { readSchemaState, refuseBehind } from '../migrations/schema-state.js';
import { closeSession, openSession, withSession } from './with-session.js';

/** The schema in the hands of its operator. */
export function createPostgresStorageAdmin(params: {
  readonly config: PostgresStorageConfig;
  readonly clock: Clock;
  readonly logger: Logger;
}): StorageAdmin {
  const { config, clock, logger } = params;
  return {
    inspectSchema: async ({ signal }) => {
      signal?.throwIfAborted();
      return withSession(config, (client) => readSchemaState(client, migrations));
    },

    examine: async ({ signal }) => {
      signal?.throwIfAborted();
      return withSession(config, examineServer);
    },

    async *exportRows({ signal }) {
      const client = await openSession(config);
      try {
        refuseBehind(await readSchemaState(client, migrations));
        for await (const row of exportRows(client)) {
          signal?.throwIfAborted();
          yield row;
        }
      } catch (error) {
        throw toStorageError(error);
      } finally {
        await closeSession(client);
      }
    },

    importRows: async ({ rows, signal }) => {
      signal?.throwIfAborted();
      const pool = createPool({ config: { ...config, poolSize: 2 }, logger });
      const partitions = createPartitions({ pool, clock, schema: config.schema });
      try {
        await withSession(config, async (client) => {
          refuseBehind(await readSchemaState(client, migrations));
          await importRows({ client, rows, createPartitions: (days) => partitions.create(days) });
        });
      } finally {
        await pool.end();
      }
    },
  };
}
