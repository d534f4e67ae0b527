import type { Storage } from '../../ports/storage.js';
import { RollupAccumulator } from '../../rollup/rollup-accumulator.js';
import { createMemoryApplicationStore } from './memory-application-store.js';
import { createMemoryAttemptStore } from './memory-attempt-store.js';
import { createMemoryAuditStore } from './memory-audit-store.js';
import { createOperation, type MemoryContext } from './memory-context.js';
import { createMemoryConsumerStore } from './memory-consumer-store.js';
import { MemoryDatabase } from './memory-database.js';
import { createMemoryDeliveryQueries } from './memory-delivery-store.js';
import { createMemoryEndpointStore } from './memory-endpoint-store.js';
import { createMemoryEventTypeStore } from './memory-event-type-store.js';
import { createMemoryFailureStore } from './memory-failure-store.js';
import { createMemoryJobLockStore } from './memory-job-lock-store.js';
import { createMemoryKeyStore } from './memory-key-store.js';
import { createMemoryLeaseStore } from './memory-lease-store.js';
import { createMemoryMessageStore } from './memory-message-store.js';
import { createMemoryRequestStore } from './memory-request-store.js';
import { createMemoryRetentionStore } from './memory-retention-store.js';
import { createMemorySettingStore } from './memory-setting-store.js';
import { createMemoryRollupStore } from './memory-rollup-store.js';
import { createMemoryTaskStore } from './memory-task-store.js';

export interface MemoryStorageOptions {
  /** The data to work on; an empty one of its own by default. Share one to play several processes. */
  readonly database?: MemoryDatabase | undefined;
}

/**
 * A complete `Storage` that forgets everything with the process: for tests, and as the ceiling that benchmarks
 * measure real adapters against. Every method is one synchronous step, hence atomic. What it takes and gives are
 * copies. Appending, claiming and recording cost the same whatever is stored; lists and reports read all there is.
 */
export function createMemoryStorage({ database = new MemoryDatabase() }: MemoryStorageOptions = {}): Storage {
  let state: 'new' | 'open' | 'closed' = 'new';
  const operation = createOperation(() => state === 'open');
  const context: MemoryContext = {
    database,
    rollups: new RollupAccumulator({ writerId: database.nextWriterId() }),
    operation,
  };
  const migrated = operation(() => undefined);
  return {
    capabilities: { durable: false, multiProcess: true },
    ...createMemoryApplicationStore(context),
    ...createMemoryEndpointStore(context),
    ...createMemoryEventTypeStore(context),
    ...createMemoryMessageStore(context),
    ...createMemoryLeaseStore(context),
    ...createMemoryDeliveryQueries(context),
    ...createMemoryAttemptStore(context),
    ...createMemoryFailureStore(context),
    ...createMemoryKeyStore(context),
    ...createMemoryRequestStore(context),
    ...createMemoryAuditStore(context),
    ...createMemoryJobLockStore(context),
    ...createMemorySettingStore(context),
    ...createMemoryRollupStore(context),
    ...createMemoryTaskStore(context),
    ...createMemoryConsumerStore(context),
    ...createMemoryRetentionStore(context),
    migrate: async () => {
      if (state === 'new') state = 'open';
      return migrated(undefined);
    },
    health: async () =>
      state === 'open'
        ? { healthy: true, latencyMs: 0 }
        : { healthy: false, latencyMs: 0, problem: 'The memory storage is not open.' },
    close: async () => {
      state = 'closed';
    },
  };
}
