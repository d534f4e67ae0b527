import {
  RollupAccumulator,
  type Clock,
  type Logger,
  type Random,
  type Storage,
  type StorageCapabilities,
  type StorageHealth,
} from '@postrider/core';
import type { SqliteConnection } from './connection.js';
import { toUnavailable } from './errors.js';
import { createApplicationStore } from './stores/application-store.js';
import { createAttemptStore } from './stores/attempt-store.js';
import { createAuditStore } from './stores/audit-store.js';
import { createConsumerStore } from './stores/consumer-store.js';
import { createDeliveryStore } from './stores/delivery-store.js';
import { createEndpointStore } from './stores/endpoint-store.js';
import { createEventTypeStore } from './stores/event-type-store.js';
import { createFailureStore } from './stores/failure-store.js';
import { createJobLockStore } from './stores/job-lock-store.js';
import { createKeyStore } from './stores/key-store.js';
import { createMessageStore } from './stores/message-store.js';
import { createRequestStore } from './stores/request-store.js';
import { createRetentionStore } from './stores/retention-store.js';
import { createSettingStore } from './stores/setting-store.js';
import { createRollupStore } from './stores/rollup-store.js';
import { createTaskStore } from './stores/task-store.js';

/** What this adapter can do. */
export const sqliteStorageCapabilities: StorageCapabilities = { durable: true, multiProcess: false };

/**
 * Whoever held a lease held the lock too, and the lock is ours: the leases have run out, and the first look of the
 * reaper finds them. Without this a restarted server would wait a minute for its own last work.
 */
const endAbandonedLeases = `UPDATE deliveries SET lease_until = 0 WHERE status = 'in_flight'`;
const endAbandonedTasks = `UPDATE tasks INDEXED BY tasks_running SET lease_until = 0 WHERE state = 'running'`;

/** The storage on a connection that nobody else uses. */
export function createStorageOn(
  connection: SqliteConnection,
  deps: { clock: Clock; random: Random; logger: Logger },
): Storage {
  const { clock, random, logger } = deps;
  const writerId = Buffer.from(random.bytes(12)).toString('base64url');
  const rollups = new RollupAccumulator({ writerId });
  let hasTakenOver = false;
  return {
    capabilities: sqliteStorageCapabilities,
    ...createApplicationStore(connection, { rollups }),
    ...createEndpointStore(connection, { clock, rollups }),
    ...createEventTypeStore(connection),
    ...createMessageStore(connection),
    ...createDeliveryStore(connection, { rollups, logger }),
    ...createAttemptStore(connection),
    ...createFailureStore(connection),
    ...createKeyStore(connection),
    ...createRequestStore(connection),
    ...createAuditStore(connection),
    ...createJobLockStore(connection),
    ...createSettingStore(connection),
    ...createRollupStore(connection),
    ...createTaskStore(connection),
    ...createConsumerStore(connection),
    ...createRetentionStore(connection),
    migrate: async ({ signal }) => {
      signal?.throwIfAborted();
      await connection.open();
      if (hasTakenOver) return;
      hasTakenOver = true;
      connection.write(() => {
        connection.statement(endAbandonedLeases).run();
        connection.statement(endAbandonedTasks).run();
      });
    },
    health: () => checkHealth(connection, clock),
    close: () => connection.close(),
  };
}

/** After a failed write it tries to write: reads work on a full disk, and nobody may be left who would try. */
async function checkHealth(connection: SqliteConnection, clock: Clock): Promise<StorageHealth> {
  const startedAtMs = clock.monotonicMs();
  const latencyMs = (): number => clock.monotonicMs() - startedAtMs;
  try {
    connection.statement('SELECT 1').get();
    if (connection.writeProblem !== undefined) connection.probeWrite();
    return { healthy: true, latencyMs: latencyMs() };
  } catch (error) {
    const problem = toUnavailable(error)?.message ?? (error instanceof Error ? error.message : String(error));
    return { healthy: false, latencyMs: latencyMs(), problem };
  }
}
