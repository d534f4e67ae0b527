import {
  mergeEndpointState,
  type DeliveryOutcome,
  type DeliveryStore,
  type EndpointState,
  type RollupAccumulator,
} from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { toTimestamp } from '../database/rows.js';
import { pipeline, repeatOnConflict, withClient } from '../database/transaction.js';
import { recordOutcomes, writeEndpointStates } from '../sql/record-outcomes.js';
import { failureSignQuery } from './failure-store.js';
import { sortLeases } from './lease-values.js';
import { rollupQueries } from './rollup-writers.js';

type RecordOutcomes = DeliveryStore['recordOutcomes'];

/** Batches may run concurrently: each borrows an accumulator of rollups. */
export function createRecordOutcomes({ pool, rollups }: Pick<PostgresContext, 'pool' | 'rollups'>): RecordOutcomes {
  return async ({ outcomes, endpointStates = [], failureSigns = [], recordedAt }) => {
    if (outcomes.length + endpointStates.length + failureSigns.length === 0) return { fenced: [] };
    const sorted = sortLeases(outcomes, ({ lease }) => lease);
    const endpointQueries = [
      ...(endpointStates.length > 0 ? [{ ...writeEndpointStates, values: stateValues(endpointStates) }] : []),
      ...(failureSigns.length > 0 ? [failureSignQuery(failureSigns)] : []),
    ];
    const statement = { ...recordOutcomes, values: outcomeValues(sorted, recordedAt) };
    const run = (accumulator: RollupAccumulator): Promise<ReadonlySet<number>> =>
      withClient(pool, async (client) => {
        const [, recorded] = await pipeline(client, ['BEGIN', statement]);
        const positions = new Set((recorded as { rows: { position: number }[] }).rows.map(({ position }) => position));
        const accepted = sorted.filter((_, index) => positions.has(index + 1));
        const staged = accumulator.stage({ outcomes: accepted, recordedAt });
        await pipeline(client, [...rollupQueries(staged.rows), ...endpointQueries, 'COMMIT']);
        staged.commit();
        return positions;
      });
    const positions = await rollups.lend((accumulator) => repeatOnConflict(() => run(accumulator)));
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

/** A statement can write a row once: states of one endpoint are merged before. */
function stateValues(states: readonly EndpointState[]): unknown[] {
  const byEndpoint = new Map<string, EndpointState>();
  for (const state of states) {
    const earlier = byEndpoint.get(state.endpointId);
    byEndpoint.set(state.endpointId, earlier === undefined ? state : mergeEndpointState(earlier, state));
  }
  const merged = [...byEndpoint.values()];
  return [
    merged.map(({ applicationId }) => applicationId),
    merged.map(({ endpointId }) => endpointId),
    merged.map(({ generation }) => generation ?? 0),
    merged.map(({ pausedUntil }) => toTimestamp(pausedUntil)),
    merged.map(({ learned }) => learned ?? null),
  ];
}
