import {
  systemClock,
  systemRandom,
  type Clock,
  type HintRelay,
  type Logger,
  type Random,
  type Storage,
} from '@postrider/core';
import { postgresStorageConfig, type PostgresStorageOptions } from './config.js';
import type { PostgresContext } from './context.js';
import { createOperation } from './database/operation.js';
import { createOrm } from './database/orm.js';
import { createPool } from './database/pool.js';
import { toStorageError } from './errors.js';
import { createPostgresHintRelay } from './hints/postgres-hint-relay.js';
import { migrations } from './migrations/index.js';
import { migrate } from './migrations/migrate.js';
import { createPartitions } from './partitions/partitions.js';
import { createPostgresApplicationStore } from './stores/application-store.js';
import { createPostgresAttemptStore } from './stores/attempt-store.js';
import { createPostgresAuditStore } from './stores/audit-store.js';
import { createPostgresConsumerStore } from './stores/consumer-store.js';
import { createPostgresDeliveryQueries } from './stores/delivery-queries.js';
import { createPostgresEndpointStore } from './stores/endpoint-store.js';
import { createPostgresEventTypeStore } from './stores/event-type-store.js';
import { createPostgresFailureStore } from './stores/failure-store.js';
import { createPostgresJobLockStore } from './stores/job-lock-store.js';
import { createPostgresKeyStore } from './stores/key-store.js';
import { createPostgresLeaseStore } from './stores/lease-store.js';
import { createPostgresMessageStore } from './stores/message-store.js';
import { createPostgresRequestStore } from './stores/request-store.js';
import { createPostgresRetentionStore } from './stores/retention-store.js';
import { createPostgresSettingStore } from './stores/setting-store.js';
import { createPostgresRollupStore } from './stores/rollup-store.js';
import { createRollupWriters } from './stores/rollup-writers.js';
import { createPostgresTaskStore } from './stores/task-store.js';
import { measureHealth } from './health.js';

/** What the storage needs from its host. */
export interface PostgresStorageDependencies {
  readonly logger: Logger;
  /** Decides which partitions to make ahead; the instants that are stored come with the calls. */
  readonly clock?: Clock | undefined;
  /** Names the writers of rollups. */
  readonly random?: Random | undefined;
}

const writerIdBytes = 9;

/** The storage, and its way to the other processes on the database: hints arrive from `migrate` to `close`. */
export interface PostgresStorage extends Storage {
  readonly hints: HintRelay;
}

/**
 * The storage on PostgreSQL 14 or newer. Durable (it never weakens `synchronous_commit`), shared by any number of
 * processes. Opens no connection before `migrate`; may be opened again when that was refused.
 */
export function createPostgresStorage(
  options: PostgresStorageOptions,
  deps: PostgresStorageDependencies,
): PostgresStorage {
  const config = postgresStorageConfig.parse(options);
  const { logger, clock = systemClock, random = systemRandom } = deps;
  let state: 'new' | 'open' | 'closed' = 'new';
  const pool = createPool({ config, logger });
  const orm = createOrm(pool);
  const partitions = createPartitions({ pool, clock, schema: config.schema });
  const newWriterId = () => Buffer.from(random.bytes(writerIdBytes)).toString('base64url');
  const hints = createPostgresHintRelay({ config, pool, clock, logger, processId: newWriterId() });
  const context: PostgresContext = {
    pool,
    orm,
    partitions,
    operation: createOperation(() => state === 'open'),
    clock,
    logger,
    rollups: createRollupWriters(newWriterId),
  };
  const isOpen = (): boolean => state === 'open';

  return {
    hints,
    capabilities: { durable: true, multiProcess: true },
    ...createPostgresApplicationStore(context),
    ...createPostgresEndpointStore(context),
    ...createPostgresEventTypeStore(context),
    ...createPostgresMessageStore(context),
    ...createPostgresLeaseStore(context),
    ...createPostgresDeliveryQueries(context),
    ...createPostgresAttemptStore(context),
    ...createPostgresFailureStore(context),
    ...createPostgresKeyStore(context),
    ...createPostgresRequestStore(context),
    ...createPostgresAuditStore(context),
    ...createPostgresJobLockStore(context),
    ...createPostgresSettingStore(context),
    ...createPostgresRollupStore(context),
    ...createPostgresTaskStore(context),
    ...createPostgresConsumerStore(context),
    ...createPostgresRetentionStore(context),

    migrate: async ({ signal }) => {
      if (state === 'new') {
        await migrate({ config, migrations, clock, logger, signal });
        try {
          await partitions.createAhead();
          if (!orm.isInitialized) await orm.initialize();
        } catch (error) {
          throw toStorageError(error);
        }
        if (state === 'new') {
          state = 'open';
          hints.start();
        }
      }
      await context.operation(async () => undefined)({});
    },

    health: () => measureHealth({ pool, clock, isOpen: isOpen() }),

    close: async () => {
      if (state === 'closed') return;
      state = 'closed';
      await hints.stop();
      await pool.end();
    },
  };
}
