import type { LeaseRef } from '@postrider/core';

/**
 * Sorts what carries leases by the order in which rows are locked. A renewal and a recording that overlap then wait for
 * each other instead of deadlocking.
 */
export function sortLeases<T>(items: readonly T[], leaseOf: (item: T) => LeaseRef): T[] {
  return [...items].sort((a, b) => compareLeases(leaseOf(a), leaseOf(b)));
}

/** Parameters of a batch of leases: its columns. */
export function leaseValues(sorted: readonly LeaseRef[]): unknown[] {
  return [
    sorted.map(({ applicationId }) => applicationId),
    sorted.map(({ messageId }) => messageId),
    sorted.map(({ deliveryId }) => deliveryId),
    sorted.map(({ leaseToken }) => leaseToken),
  ];
}

function compareLeases(a: LeaseRef, b: LeaseRef): number {
  if (a.messageId !== b.messageId) return a.messageId < b.messageId ? -1 : 1;
  if (a.deliveryId === b.deliveryId) return 0;
  return a.deliveryId < b.deliveryId ? -1 : 1;
}
