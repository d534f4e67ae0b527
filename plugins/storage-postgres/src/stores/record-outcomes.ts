import {
  RollupAccumulator,
  type DeliveryOutcome,
  type DeliveryStore,
  type EndpointState,
  type Rollup,
} from '@postrider/core';
import type { QueryConfig } from 'pg';
import type { PostgresContext } from '../context.js';
import { toTimestamp } from '../database/rows.js';
import { pipeline, repeatOnConflict, withClient } from '../database/transaction.js';
import { recordOutcomes, writeEndpointStates, writeRollups } from '../sql/record-outcomes.js';
import { sortLeases } from './lease-values.js';

type RecordOutcomes = DeliveryStore['recordOutcomes'];

/**
 * Batches may run concurrently: each borrows an accumulator, and a new one is made when all are lent. After an error
 * the accumulator is dropped. Whether its last rows were committed is unknown then; as a new writer has rows of its
 * own, the sum is right in both cases.
 */
export function createRecordOutcomes({
  pool,
  newWriterId,
}: Pick<PostgresContext, 'pool' | 'newWriterId'>): RecordOutcomes {
  const idle: RollupAccumulator[] = [];

  return async ({ outcomes, endpointStates = [], recordedAt }) => {
    if (outcomes.length === 0 && endpointStates.length === 0) return { fenced: [] };
    const sorted = sortLeases(outcomes, ({ lease }) => lease);
    const statement = { ...recordOutcomes, values: outcomeValues(sorted, recordedAt) };
    const run = (accumulator: RollupAccumulator): Promise<ReadonlySet<number>> =>
      withClient(pool, async (client) => {
        const [, recorded] = await pipeline(client, ['BEGIN', statement]);
        const positions = new Set((recorded as { rows: { position: number }[] }).rows.map(({ position }) => position));
        const accepted = sorted.filter((_, index) => positions.has(index + 1));
        const staged = accumulator.stage({ outcomes: accepted, recordedAt });
        await pipeline(client, [...consequences(staged.rows, endpointStates), 'COMMIT']);
        staged.commit();
        return positions;
      });
    const accumulator = idle.pop() ?? new RollupAccumulator({ writerId: newWriterId() });
    const positions = await repeatOnConflict(() => run(accumulator));
    idle.push(accumulator);
    return { fenced: sorted.filter((_, index) => !positions.has(index + 1)).map(({ lease }) => lease) };
  };
}

function outcomeValues(outcomes: readonly DeliveryOutcome[], recordedAt: Date): unknown[] {
  const leases = outcomes.map(({ lease }) => lease);
  const transitions = outcomes.map(({ next }) => next);
  const attempts = outcomes.map(({ attempt }) => attempt);
  return [
    leases.map(({ applicationId }) => applicationId),
    leases.map(({ messageId }) => messageId),
    leases.map(({ deliveryId }) => deliveryId),
    leases.map(({ leaseToken }) => leaseToken),
    transitions.map(({ status }) => status),
    transitions.map((next) => ('reason' in next ? next.reason : null)),
    transitions.map((next) => ('dueAt' in next ? toTimestamp(next.dueAt) : null)),
    attempts.map((attempt) => attempt?.id),
    attempts.map((attempt) => attempt?.number),
    attempts.map((attempt) => attempt?.trigger),
    attempts.map((attempt) => attempt?.outcome),
    attempts.map((attempt) => attempt?.url),
    attempts.map((attempt) => attempt?.responseStatusCode),
    attempts.map((attempt) => attempt && withoutNul(attempt.responseBody)),
    attempts.map((attempt) => attempt?.errorKind),
    attempts.map((attempt) => attempt?.durationMs),
    attempts.map((attempt) => toTimestamp(attempt?.startedAt)),
    outcomes.map(({ eventType }) => eventType),
    toTimestamp(recordedAt),
  ];
}

/** PostgreSQL keeps no NUL in a text, and what a receiver answers may not spoil the batch. */
function withoutNul(body: string): string {
  return body.includes('\0') ? body.replaceAll('\0', '\uFFFD') : body;
}

function consequences(rollups: readonly Rollup[], states: readonly EndpointState[]): QueryConfig[] {
  const queries: QueryConfig[] = [];
  if (rollups.length > 0) queries.push({ ...writeRollups, values: rollupValues(rollups) });
  if (states.length > 0) queries.push({ ...writeEndpointStates, values: stateValues(states) });
  return queries;
}

function rollupValues(rollups: readonly Rollup[]): unknown[] {
  return [
    rollups.map(({ environmentId }) => environmentId),
    rollups.map(({ bucketAt }) => toTimestamp(bucketAt)),
    rollups.map(({ applicationId }) => applicationId),
    rollups.map(({ endpointId }) => endpointId),
    rollups.map(({ eventType }) => eventType),
    rollups.map(({ writerId }) => writerId),
    rollups.map(({ attempts }) => attempts),
    rollups.map(({ failedAttempts }) => failedAttempts),
    rollups.map(({ retries }) => retries),
    rollups.map(({ maxAttemptNumber }) => maxAttemptNumber),
    rollups.map(({ delivered }) => delivered),
    rollups.map(({ deadLettered }) => deadLettered),
    rollups.map(({ cancelled }) => cancelled),
    rollups.map(({ durationSumMs }) => durationSumMs),
    rollups.map(({ durationMinMs }) => durationMinMs),
    rollups.map(({ durationMaxMs }) => durationMaxMs),
    rollups.map(({ durations }) => JSON.stringify(durations)),
    rollups.map(({ errors }) => JSON.stringify(errors)),
  ];
}

/** The last state given for an endpoint is the one that counts. */
function stateValues(states: readonly EndpointState[]): unknown[] {
  const last = [...new Map(states.map((state) => [state.endpointId, state])).values()];
  return [
    last.map(({ applicationId }) => applicationId),
    last.map(({ endpointId }) => endpointId),
    last.map(({ pausedUntil }) => toTimestamp(pausedUntil)),
  ];
}
