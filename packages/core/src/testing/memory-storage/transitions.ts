import type { CancelReason, DeadLetterReason, LeaseRef } from '../../domain/delivery.js';
import type { DeliveryOrdering } from '../../domain/ordering.js';
import type { NewDelivery } from '../../ports/message-store.js';
import { isHeld, leaveLine } from './delivery-line.js';
import type { MemoryDatabase, StoredDelivery, StoredMessage } from './memory-database.js';

/** How a delivery ends. */
export type Ending =
  | { readonly status: 'delivered' }
  | { readonly status: 'dead_letter'; readonly reason: DeadLetterReason }
  | { readonly status: 'cancelled'; readonly reason: CancelReason };

/** Stores a delivery of a stored message: leased when it comes with a lease, else pending. */
export function addDelivery(params: {
  database: MemoryDatabase;
  owner: StoredMessage;
  delivery: NewDelivery;
  /** The line that it joins. */
  ordering?: DeliveryOrdering | undefined;
  createdAt: Date;
}): StoredDelivery {
  const { database, owner, delivery } = params;
  const { id, environmentId, applicationId } = owner.message;
  const stored: StoredDelivery = {
    row: {
      id: delivery.id,
      environmentId,
      applicationId,
      messageId: id,
      endpointId: delivery.endpointId,
      eventType: owner.message.eventType,
      trigger: delivery.trigger,
      status: 'pending',
      dueAt: new Date(delivery.dueAt),
      attemptCount: 0,
      leaseToken: 0,
      createdAt: new Date(params.createdAt),
    },
    owner,
    ticket: 0,
  };
  owner.deliveries.set(delivery.id, stored);
  database.deliveries.set(delivery.id, stored);
  if (params.ordering) {
    const { key, onFailure } = params.ordering;
    stored.place = { line: database.lineOf(delivery.endpointId, key), onFailure };
    stored.place.line.join(stored);
  }
  if (delivery.lease) startLease(database, stored, delivery.lease);
  else makePending(database, stored, delivery.dueAt);
  return stored;
}

/** The delivery whose lease it is, or `undefined` when the lease was lost. */
export function findLeased(database: MemoryDatabase, lease: LeaseRef): StoredDelivery | undefined {
  const message = database.logs.get(lease.applicationId)?.messages.get(lease.messageId);
  const stored = message?.deliveries.get(lease.deliveryId);
  if (stored?.row.status !== 'in_flight' || stored.row.leaseToken !== lease.leaseToken) return undefined;
  return stored;
}

/** Gives a pending delivery to a worker, under the next token. */
export function startLease(
  database: MemoryDatabase,
  stored: StoredDelivery,
  lease: { readonly workerId: string; readonly leaseUntil: Date },
): void {
  stored.row.status = 'in_flight';
  stored.row.leaseToken += 1;
  stored.row.leaseUntil = new Date(lease.leaseUntil);
  stored.row.workerId = lease.workerId;
  const queue = database.queueOf(stored.row.endpointId);
  queue.startFlight(stored);
  if (queue.pending.size === 0) database.waitingQueues.delete(queue);
}

/** Puts a delivery (back) into the queue of its endpoint, from which it is not taken while it is held in its line. */
export function makePending(database: MemoryDatabase, stored: StoredDelivery, dueAt: Date): void {
  stored.row.status = 'pending';
  stored.row.dueAt = new Date(dueAt);
  dropLease(stored);
  const queue = database.queueOf(stored.row.endpointId);
  if (isHeld(stored)) queue.hold(stored);
  else queue.enqueue(stored);
  database.waitingQueues.add(queue);
}

/** Ends a delivery for good. */
export function endDelivery(params: {
  database: MemoryDatabase;
  stored: StoredDelivery;
  ending: Ending;
  endedAt: Date;
}): void {
  const { database, stored, ending } = params;
  stored.row.status = ending.status;
  if (ending.status !== 'delivered') stored.row.reason = ending.reason;
  stored.row.endedAt = new Date(params.endedAt);
  dropLease(stored);
  const queue = database.queueOf(stored.row.endpointId);
  queue.remove(stored);
  leaveLine(database, stored);
  if (queue.pending.size === 0) database.waitingQueues.delete(queue);
}

function dropLease(stored: StoredDelivery): void {
  delete stored.row.leaseUntil;
  delete stored.row.workerId;
}
