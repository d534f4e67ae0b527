import type { DeliveryOutcome, EndpointState, FailureSign, LeaseRef, RollupAccumulator } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toAttemptRow } from '../rows/attempt-row.js';
import { toMs } from '../rows/values.js';
import { insertAttempt, settleDelivery, upsertEndpointState } from '../sql/record-outcomes.js';
import { noteFailureSign } from './failure-store.js';
import { RollupCount } from './rollup-count.js';

/** The ends of leases to record; see `DeliveryStore.recordOutcomes`. */
export interface OutcomeBatch {
  readonly outcomes: readonly DeliveryOutcome[];
  readonly endpointStates?: readonly EndpointState[] | undefined;
  readonly failureSigns?: readonly FailureSign[] | undefined;
  readonly recordedAt: Date;
}

/** Records a batch in one transaction; returns the leases that were lost. */
export function recordOutcomes(
  connection: SqliteConnection,
  rollups: RollupAccumulator,
  batch: OutcomeBatch,
): LeaseRef[] {
  const fenced: LeaseRef[] = [];
  const count = new RollupCount(connection, rollups);
  connection.write(() => {
    const accepted: DeliveryOutcome[] = [];
    for (const outcome of batch.outcomes) {
      if (settle(connection, outcome, batch.recordedAt)) accepted.push(outcome);
      else fenced.push(outcome.lease);
    }
    count.write({ outcomes: accepted, recordedAt: batch.recordedAt });
    for (const state of batch.endpointStates ?? []) writeState(connection, state);
    for (const sign of batch.failureSigns ?? []) noteFailureSign(connection, sign);
  });
  count.commit();
  return fenced;
}

function settle(connection: SqliteConnection, outcome: DeliveryOutcome, recordedAt: Date): boolean {
  const { lease, attempt, next } = outcome;
  const { changes } = connection.statement(settleDelivery).run({
    application_id: lease.applicationId,
    id: lease.deliveryId,
    message_id: lease.messageId,
    lease_token: lease.leaseToken,
    status: next.status,
    reason: 'reason' in next ? next.reason : null,
    due_at: next.status === 'pending' ? next.dueAt.getTime() : null,
    attempts: attempt === undefined ? 0 : 1,
    attempted_at: toMs(attempt?.startedAt),
    status_code: attempt?.responseStatusCode ?? null,
    error_kind: attempt?.errorKind ?? null,
    ended_at: next.status === 'pending' ? null : recordedAt.getTime(),
  });
  if (changes === 0) return false;
  if (attempt !== undefined) connection.statement(insertAttempt).run(toAttemptRow(attempt, outcome.eventType));
  return true;
}

function writeState(connection: SqliteConnection, state: EndpointState): void {
  connection.statement(upsertEndpointState).run({
    application_id: state.applicationId,
    endpoint_id: state.endpointId,
    generation: state.generation ?? 0,
    paused_until: toMs(state.pausedUntil),
    learned: state.learned ?? null,
  });
}
