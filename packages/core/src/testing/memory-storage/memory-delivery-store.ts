import type { DeadLetterReason, Delivery, DeliveryStatus } from '../../domain/delivery.js';
import type { DeadLetterGroup, DeliveryFilter, DeliveryStore } from '../../ports/delivery-store.js';
import { copyPlain } from '../copy-plain.js';
import { isHeld } from './delivery-line.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf, type MemoryDatabase, type StoredDelivery } from './memory-database.js';
import { paginate } from './paginate.js';
import { endDeliveries } from './end-deliveries.js';
import { makePending } from './transitions.js';
import { addUnknownAttempt } from './unknown-attempt.js';

type Queries = Pick<
  DeliveryStore,
  | 'expediteDelivery'
  | 'cancelDelivery'
  | 'getDelivery'
  | 'findFirstInLine'
  | 'listDeliveries'
  | 'countDeadLetters'
  | 'countDeliveries'
  | 'measureQueue'
>;

/** The part of `DeliveryStore` that people look at; workers' part is in the lease store. */
export function createMemoryDeliveryQueries({ database, rollups, operation }: MemoryContext): Queries {
  return {
    expediteDelivery: operation((params) => {
      const stored = database.messageOf(params)?.deliveries.get(params.deliveryId);
      if (stored?.row.status !== 'pending') return false;
      makePending(database, stored, params.dueAt);
      return true;
    }),

    cancelDelivery: operation((params) => {
      const stored = database.messageOf(params)?.deliveries.get(params.deliveryId);
      if (!stored) return { outcome: 'missing' };
      const { status } = stored.row;
      if (status !== 'pending' && status !== 'in_flight') return { outcome: 'ended', delivery: copyPlain(stored.row) };
      const { attemptId: id, cancelledAt } = params;
      if (status === 'in_flight') addUnknownAttempt({ database, stored, id, now: cancelledAt });
      const ending = { status: 'cancelled', reason: 'requested' } as const;
      const ended = endDeliveries({ database, rollups, deliveries: [stored], ending, endedAt: cancelledAt });
      return { outcome: 'cancelled', delivery: copyPlain(stored.row), ended };
    }),

    getDelivery: operation(({ environmentId, deliveryId }) => {
      const row = database.deliveries.get(deliveryId)?.row;
      return row?.environmentId === environmentId ? copyPlain(row as Delivery) : undefined;
    }),

    findFirstInLine: operation((params) => {
      const stored = database.messageOf(params)?.deliveries.get(params.deliveryId);
      const first = stored && isHeld(stored) ? stored.place?.line.first : undefined;
      return copyPlain(first?.row);
    }),

    listDeliveries: operation(({ environmentId, filter, page }) =>
      paginate({ items: findDeliveries({ database, environmentId, filter }), keyOf: ({ id }) => id, page }),
    ),

    countDeadLetters: operation(({ environmentId, filter }) => {
      const groups = new Map<string, DeadLetterGroup>();
      const found = findDeliveries({ database, environmentId, filter: { ...filter, statuses: ['dead_letter'] } });
      for (const { id, applicationId, endpointId, reason } of found) {
        const key = keyOf(endpointId, reason ?? '');
        const { count = 0, oldestId = id, newestId = id } = groups.get(key) ?? {};
        groups.set(key, {
          reason: reason as DeadLetterReason,
          applicationId,
          endpointId,
          count: count + 1,
          oldestId: id < oldestId ? id : oldestId,
          newestId: id > newestId ? id : newestId,
        });
      }
      return [...groups.values()];
    }),

    countDeliveries: operation(({ environmentId, filter }) => {
      const counts: Record<DeliveryStatus, number> = {
        pending: 0,
        in_flight: 0,
        delivered: 0,
        dead_letter: 0,
        cancelled: 0,
      };
      for (const { status } of findDeliveries({ database, environmentId, filter })) counts[status] += 1;
      return counts;
    }),

    measureQueue: operation(({ now, backlogFrom = Infinity }) => {
      const measure = { pending: 0, due: 0, inFlight: 0 };
      const pendingOf = new Map<string, number>();
      let oldestDueAt: Date | undefined;
      for (const queue of database.queues.values()) {
        measure.inFlight += queue.inFlight.size;
        measure.pending += queue.pending.size;
        for (const stored of queue.pending) {
          const { row } = stored;
          pendingOf.set(row.applicationId, (pendingOf.get(row.applicationId) ?? 0) + 1);
          if (row.dueAt > now || isHeld(stored)) continue;
          measure.due += 1;
          if (oldestDueAt === undefined || row.dueAt < oldestDueAt) oldestDueAt = row.dueAt;
        }
      }
      const waiting = [...pendingOf].map(([applicationId, pending]) => ({ applicationId, pending }));
      return copyPlain({ ...measure, oldestDueAt, backlogs: waiting.filter(({ pending }) => pending >= backlogFrom) });
    }),
  };
}

function findDeliveries(params: {
  database: MemoryDatabase;
  environmentId: string;
  filter: DeliveryFilter;
}): Delivery[] {
  const { applicationId, messageId, endpointId, statuses, newestOnly, before, after } = params.filter;
  const { reason, eventTypes, statusCodeClass, errorKind } = params.filter;
  const isWanted = ({ row, owner }: StoredDelivery): boolean =>
    row.environmentId === params.environmentId &&
    (applicationId === undefined || row.applicationId === applicationId) &&
    (messageId === undefined || row.messageId === messageId) &&
    (endpointId === undefined || row.endpointId === endpointId) &&
    (statuses === undefined || statuses.includes(row.status)) &&
    (reason === undefined || row.reason === reason) &&
    (eventTypes === undefined || eventTypes.includes(owner.message.eventType)) &&
    (statusCodeClass === undefined || Math.floor((row.lastStatusCode ?? NaN) / 100) === statusCodeClass) &&
    (errorKind === undefined || row.lastErrorKind === errorKind) &&
    (newestOnly !== true || isNewest({ row, owner })) &&
    (before === undefined || owner.message.createdAt < before) &&
    (after === undefined || owner.message.createdAt > after);
  return [...params.database.deliveries.values()].filter(isWanted).map(({ row }) => row);
}

function isNewest({ row, owner }: Pick<StoredDelivery, 'row' | 'owner'>): boolean {
  return ![...owner.deliveries.values()].some(
    (other) => other.row.endpointId === row.endpointId && other.row.id > row.id,
  );
}
