import type { AppendEntry } from '@postrider/core';
import { toArrayLiteral, toTimestamp } from '../database/rows.js';

/** Parameters $1–$27: messages, deliveries, the instant, event types and keys, and what stands in lines. */
export function batchValues(entries: readonly AppendEntry[], now: Date): unknown[] {
  const messages = entries.map(({ message }) => message);
  const deliveries = entries.flatMap(({ message, deliveries: own }) => own.map((delivery) => ({ message, delivery })));
  const ordered = deliveries.filter(({ delivery }) => delivery.ordering !== undefined);
  return [
    messages.map(({ applicationId }) => applicationId),
    messages.map(({ id }) => id),
    messages.map(({ environmentId }) => environmentId),
    messages.map(({ eventType }) => eventType),
    messages.map(({ payload }) => payload),
    messages.map(({ eventId }) => eventId),
    messages.map(({ channels }) => toArrayLiteral(channels)),
    messages.map(({ tags }) => toArrayLiteral(tags)),
    messages.map(({ deliverAt }) => toTimestamp(deliverAt)),
    messages.map(({ createdAt }) => toTimestamp(createdAt)),
    entries.map(({ idempotency }) => idempotency !== undefined),
    deliveries.map(({ message }) => message.applicationId),
    deliveries.map(({ message }) => message.id),
    deliveries.map(({ delivery }) => delivery.id),
    deliveries.map(({ message }) => message.environmentId),
    deliveries.map(({ delivery }) => delivery.endpointId),
    deliveries.map(({ delivery }) => delivery.trigger),
    deliveries.map(({ delivery }) => toTimestamp(delivery.dueAt)),
    deliveries.map(({ message }) => toTimestamp(message.createdAt)),
    deliveries.map(({ delivery }) => delivery.lease?.workerId),
    deliveries.map(({ delivery }) => toTimestamp(delivery.lease?.leaseUntil)),
    toTimestamp(now),
    deliveries.map(({ message }) => message.eventType),
    messages.map(({ orderingKey }) => orderingKey),
    ordered.map(({ delivery }) => delivery.id),
    ordered.map(({ delivery }) => delivery.ordering?.key),
    ordered.map(({ delivery }) => delivery.ordering?.onFailure === 'continue'),
  ];
}

/** Parameters $28–$37: idempotency keys and event ids. */
export function guardValues(entries: readonly AppendEntry[]): unknown[] {
  const keyed = entries.filter(({ idempotency }) => idempotency !== undefined);
  const named = entries
    .filter(({ message }) => message.eventId !== undefined)
    .sort((a, b) => compare(a.message.eventId, b.message.eventId));
  return [
    keyed.map(({ message }) => message.environmentId),
    keyed.map(({ idempotency }) => idempotency?.key),
    keyed.map(({ idempotency }) => idempotency?.bodyHash),
    keyed.map(({ message }) => message.applicationId),
    keyed.map(({ message }) => message.id),
    keyed.map(({ idempotency }) => toTimestamp(idempotency?.expiresAt)),
    named.map(({ message }) => message.applicationId),
    named.map(({ message }) => message.eventId),
    named.map(({ message }) => message.id),
    named.map(({ idempotency }) => idempotency !== undefined),
  ];
}

/** Batches that share keys insert them in one order, so that they wait for each other instead of deadlocking. */
export function inKeyOrder(entries: readonly AppendEntry[]): readonly AppendEntry[] {
  return [...entries].sort((a, b) => compare(a.idempotency?.key, b.idempotency?.key));
}

function compare(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
