import type { LeaseRef } from '../../domain/delivery.js';
import { mergeEndpointState } from '../../domain/merge-endpoint-state.js';
import type { ClaimedDelivery, DeliveryOutcome, DeliveryStore } from '../../ports/delivery-store.js';
import { copyPlain } from '../copy-plain.js';
import { countInRollups } from './count-in-rollups.js';
import { leaveLine } from './delivery-line.js';
import type { EndpointQueue } from './endpoint-queue.js';
import { noteFailureSign } from './memory-failure-store.js';
import type { MemoryContext } from './memory-context.js';
import type { MemoryDatabase, StoredDelivery } from './memory-database.js';
import { endDelivery, findLeased, makePending, startLease } from './transitions.js';
import { addUnknownAttempt } from './unknown-attempt.js';

type Leases = Pick<DeliveryStore, 'claimDue' | 'recordOutcomes' | 'renewLeases' | 'releaseLeases' | 'reapExpired'>;

/** The part of `DeliveryStore` that workers use. */
export function createMemoryLeaseStore({ database, rollups, operation }: MemoryContext): Leases {
  return {
    claimDue: operation((params) => claimRoundRobin(database, params)),

    recordOutcomes: operation(({ outcomes, endpointStates = [], failureSigns = [], recordedAt }) => {
      const accepted: DeliveryOutcome[] = [];
      const fenced: LeaseRef[] = [];
      for (const outcome of outcomes) {
        const stored = findLeased(database, outcome.lease);
        if (!stored) {
          fenced.push(copyPlain(outcome.lease));
          continue;
        }
        accepted.push(outcome);
        recordOutcome({ database, stored, outcome, recordedAt });
      }
      countInRollups({ database, rollups }, { outcomes: accepted, recordedAt });
      for (const state of endpointStates) {
        const endpoint = database.endpoints.get(state.endpointId);
        if (endpoint?.endpoint.applicationId === state.applicationId) {
          endpoint.state = copyPlain(mergeEndpointState(endpoint.state, state));
        }
      }
      for (const sign of failureSigns) noteFailureSign(database, sign);
      return { fenced };
    }),

    renewLeases: operation(({ leases, leaseUntil }) => {
      const lost: LeaseRef[] = [];
      for (const lease of leases) {
        const stored = findLeased(database, lease);
        if (stored) stored.row.leaseUntil = new Date(leaseUntil);
        else lost.push(copyPlain(lease));
      }
      return { lost };
    }),

    releaseLeases: operation(({ leases, dueAt }) => {
      for (const lease of leases) {
        const stored = findLeased(database, lease);
        if (stored) makePending(database, stored, dueAt);
      }
    }),

    reapExpired: operation(({ now, limit, nextAttemptId }) => {
      const expired = [...database.queues.values()]
        .flatMap((queue) => [...queue.inFlight])
        .filter(({ row }) => row.leaseUntil !== undefined && row.leaseUntil < now)
        .sort((a, b) => leaseEndMs(a) - leaseEndMs(b))
        .slice(0, limit);
      for (const stored of expired) {
        addUnknownAttempt({ database, stored, id: nextAttemptId(), now });
        makePending(database, stored, now);
      }
      return { reaped: expired.length };
    }),
  };
}

/** One delivery per endpoint and round, beginning with the endpoints that were served longest ago. */
function claimRoundRobin(
  database: MemoryDatabase,
  params: Parameters<DeliveryStore['claimDue']>[0],
): ClaimedDelivery[] {
  const nowMs = params.now.getTime();
  const claimed: StoredDelivery[] = [];
  const isPaused = ({ endpointId }: EndpointQueue): boolean => {
    const pausedUntil = database.endpoints.get(endpointId)?.state.pausedUntil;
    return pausedUntil !== undefined && pausedUntil > params.now;
  };
  const serveOnce = (queues: Iterable<EndpointQueue>): EndpointQueue[] => {
    const served: EndpointQueue[] = [];
    for (const queue of queues) {
      if (claimed.length >= params.limit) break;
      if (queue.inFlight.size >= params.perEndpointLimit) continue;
      const stored = queue.takeDue(nowMs, params.firstAttemptsOnly);
      if (!stored) continue;
      startLease(database, stored, params);
      claimed.push(stored);
      served.push(queue);
    }
    return served;
  };
  const notPaused = function* (): Iterable<EndpointQueue> {
    for (const queue of database.waitingQueues) if (!isPaused(queue)) yield queue;
  };
  const first = serveOnce(notPaused());
  for (let round = first; round.length > 0;) round = serveOnce(round);
  for (const queue of first) {
    if (!database.waitingQueues.delete(queue)) continue;
    database.waitingQueues.add(queue);
  }
  return claimed.map(({ row, owner }) => copyPlain({ delivery: row, message: owner.message }));
}

function recordOutcome(params: {
  database: MemoryDatabase;
  stored: StoredDelivery;
  outcome: DeliveryOutcome;
  recordedAt: Date;
}): void {
  const { database, stored, outcome } = params;
  const { attempt, next } = outcome;
  if (attempt) {
    stored.owner.attempts.push(copyPlain(attempt));
    stored.row.attemptCount += 1;
    stored.row.lastStatusCode = attempt.responseStatusCode;
    stored.row.lastErrorKind = attempt.errorKind;
    stored.row.firstAttemptAt ??= new Date(attempt.startedAt);
    if (stored.place?.onFailure === 'continue') leaveLine(database, stored);
  }
  if (next.status === 'pending') makePending(database, stored, next.dueAt);
  else endDelivery({ database, stored, ending: next, endedAt: params.recordedAt });
}

function leaseEndMs({ row }: StoredDelivery): number {
  return row.leaseUntil?.getTime() ?? 0;
}
