import assert from 'node:assert/strict';
import type { Delivery, DeliveryStatus, LeaseRef } from '../../../domain/delivery.js';
import type { OrderingFailurePolicy } from '../../../domain/ordering.js';
import type { Rollup } from '../../../rollup/rollup.js';
import { assertSame, present } from '../assertions.js';
import type { Tenant } from '../fixtures.js';
import { at } from '../instants.js';

/** What the model knows of a delivery; instants in seconds after `baseAt`. */
export interface ModelDelivery {
  readonly id: string;
  readonly messageId: string;
  readonly endpointId: string;
  status: DeliveryStatus;
  reason?: string | undefined;
  dueAt: number;
  leaseToken: number;
  leaseUntil?: number | undefined;
  attemptCount: number;
  /** Where it stands, until it leaves; in no line when absent. */
  line?: { readonly key: string; readonly onFailure: OrderingFailurePolicy } | undefined;
  unknownAttempts: number;
}

export interface ModelEndpoint {
  readonly id: string;
  version: number;
  disabled: boolean;
}

/** The whole expected state, small enough to be obviously right. */
export interface QueueModel {
  nowSeconds: number;
  readonly endpoints: ModelEndpoint[];
  readonly deliveries: Map<string, ModelDelivery>;
  /** Every lease that was ever handed out, live or lost. */
  readonly leases: LeaseRef[];
  /** As stored after the last command: what may not change afterwards is compared with it. */
  snapshot: ReadonlyMap<string, Delivery>;
}

const endedStatuses: ReadonlySet<DeliveryStatus> = new Set(['delivered', 'dead_letter', 'cancelled']);

/** The delivery that the lease still holds, or `undefined` when it was lost. */
export function heldBy(model: QueueModel, lease: LeaseRef): ModelDelivery | undefined {
  const delivery = model.deliveries.get(lease.deliveryId);
  return delivery?.status === 'in_flight' && delivery.leaseToken === lease.leaseToken ? delivery : undefined;
}

export function handOut(model: QueueModel, lease: LeaseRef): void {
  const isNew = model.leases.every(
    ({ deliveryId, leaseToken }) => deliveryId !== lease.deliveryId || leaseToken !== lease.leaseToken,
  );
  assert.ok(isNew, `token ${lease.leaseToken} of ${lease.deliveryId} was handed out twice`);
  model.leases.push(lease);
}

export function putBack(delivery: ModelDelivery, dueAt: number): void {
  Object.assign(delivery, { status: 'pending', dueAt, leaseUntil: undefined });
}

export function end(delivery: ModelDelivery, status: DeliveryStatus, reason?: string): void {
  Object.assign(delivery, { status, reason, leaseUntil: undefined, line: undefined });
}

/** Whether another one stands before it in its line; the model keeps deliveries in the order of their birth. */
export function isHeld(model: Readonly<QueueModel>, { id, endpointId, line }: ModelDelivery): boolean {
  if (line === undefined) return false;
  for (const other of model.deliveries.values()) {
    if (other.endpointId === endpointId && other.line?.key === line.key) return other.id !== id;
  }
  return false;
}

/** Compares all stored deliveries with the model, and with what was stored before. */
export async function verify(model: QueueModel, { world, environmentId }: Tenant): Promise<void> {
  const page = { limit: 250, order: 'ascending' } as const;
  const { items } = await world.storage.listDeliveries({ environmentId, filter: {}, page });
  for (const stored of items) {
    const before = model.snapshot.get(stored.id);
    if (before === undefined) continue;
    if (endedStatuses.has(before.status)) assertSame(stored, before, 'an ended delivery never changes');
    assert.ok(stored.leaseToken >= before.leaseToken, `the token of ${stored.id} went back`);
  }
  model.snapshot = new Map(items.map((stored) => [stored.id, stored]));
  assertSame(items.map(comparable), [...model.deliveries.values()].sort(byId).map(expected));
}

function comparable(stored: Delivery) {
  const { id, messageId, endpointId, status, reason, leaseToken, leaseUntil, attemptCount } = stored;
  const dueAt = status === 'pending' ? stored.dueAt : undefined;
  return { id, messageId, endpointId, status, reason, leaseToken, leaseUntil, attemptCount, dueAt };
}

function expected(delivery: ModelDelivery) {
  const { unknownAttempts: _unknownAttempts, line: _line, dueAt, leaseUntil, ...rest } = delivery;
  return {
    ...rest,
    leaseUntil: leaseUntil === undefined ? undefined : at(leaseUntil),
    dueAt: delivery.status === 'pending' ? at(dueAt) : undefined,
  };
}

function byId(a: ModelDelivery, b: ModelDelivery): number {
  return a.id < b.id ? -1 : 1;
}

/** Compares the recorded attempts and the rollups with the model. */
export async function verifyHistory(model: QueueModel, tenant: Tenant): Promise<void> {
  const { world, environmentId, applicationId } = tenant;
  for (const delivery of model.deliveries.values()) {
    const filter = { deliveryId: delivery.id };
    const page = { limit: 250, order: 'ascending' } as const;
    const { items } = await world.storage.listAttempts({ environmentId, applicationId, filter, page });
    const unknown = items.filter(({ outcome }) => outcome === 'unknown').length;
    assert.equal(unknown, delivery.unknownAttempts, `unknown attempts of ${delivery.id}`);
    assert.equal(items.length - unknown, delivery.attemptCount, `recorded attempts of ${delivery.id}`);
  }
  const rollups = await world.storage.readRollups({ environmentId, from: at(0), to: at(100_000) });
  const counted = mergeSums(rollups);
  const deliveries = [...model.deliveries.values()];
  const countOf = (status: DeliveryStatus): number => deliveries.filter((each) => each.status === status).length;
  assert.deepEqual(counted, {
    attempts: deliveries.reduce((sum, { attemptCount }) => sum + attemptCount, 0),
    delivered: countOf('delivered'),
    deadLettered: countOf('dead_letter'),
    cancelled: countOf('cancelled'),
  });
}

function mergeSums(rollups: readonly Rollup[]) {
  const sumOf = (key: 'attempts' | 'delivered' | 'deadLettered' | 'cancelled'): number =>
    rollups.reduce((sum, rollup) => sum + rollup[key], 0);
  return {
    attempts: sumOf('attempts'),
    delivered: sumOf('delivered'),
    deadLettered: sumOf('deadLettered'),
    cancelled: sumOf('cancelled'),
  };
}

/** An element by a number of any size; the list is not empty. */
export function pick<T>(items: readonly T[], index: number): T {
  return present(items[index % items.length], 'an element');
}
