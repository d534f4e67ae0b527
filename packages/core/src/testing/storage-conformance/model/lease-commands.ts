import assert from 'node:assert/strict';
import type { LeaseRef } from '../../../domain/delivery.js';
import type { DeliveryOutcome, DeliveryTransition } from '../../../ports/delivery-store.js';
import { assertSame, assertSameMembers } from '../assertions.js';
import type { Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { defineCommand, type QueueCommand } from './queue-command.js';
import { end, heldBy, type ModelDelivery, pick, putBack, type QueueModel } from './queue-model.js';

/** How a random lease ends; `lease` is a number of any size. */
export interface Ending {
  readonly lease: number;
  readonly status: DeliveryTransition['status'];
  readonly dueInSeconds: number;
  readonly withAttempt: boolean;
}

const hasLeases = (model: Readonly<QueueModel>) => model.leases.length > 0;
const nameOf = ({ deliveryId, leaseToken }: LeaseRef) => `${deliveryId} ${leaseToken}`;

/** Records outcomes under leases, live and lost ones. */
export function recordCommand(endings: readonly Ending[]): QueueCommand {
  return defineCommand({
    name: 'record',
    params: { endings },
    isPossible: hasLeases,
    run: async ({ model, tenant }) => {
      const chosen = new Map<string, { ending: Ending; lease: LeaseRef }>();
      for (const ending of endings) {
        const lease = pick(model.leases, ending.lease);
        chosen.set(lease.deliveryId, { ending, lease });
      }
      const outcomes = [...chosen.values()].map((each) => toOutcome({ ...each, model, tenant }));
      const recordedAt = at(model.nowSeconds);
      const { fenced } = await tenant.world.storage.recordOutcomes({ outcomes, recordedAt });
      const lost = outcomes.map(({ lease }) => lease).filter((lease) => !heldBy(model, lease));
      assertSameMembers(fenced.map(nameOf), lost.map(nameOf));
      for (const outcome of outcomes) {
        const delivery = heldBy(model, outcome.lease);
        if (delivery) apply(delivery, outcome);
      }
    },
  });
}

function toOutcome(params: { ending: Ending; lease: LeaseRef; model: QueueModel; tenant: Tenant }): DeliveryOutcome {
  const { ending, lease, model, tenant } = params;
  const { endpointId, attemptCount } = model.deliveries.get(lease.deliveryId) as ModelDelivery;
  const { environmentId, world } = tenant;
  const startedAt = at(model.nowSeconds);
  const isSuccess = ending.status === 'delivered';
  const attempt = {
    ...{ id: world.id('atmpt_', startedAt), environmentId, applicationId: lease.applicationId },
    ...{ messageId: lease.messageId, endpointId, deliveryId: lease.deliveryId, number: attemptCount + 1 },
    ...{ trigger: 'scheduled' as const, outcome: isSuccess ? ('succeeded' as const) : ('failed' as const) },
    ...{ url: 'https://receiver.example/hook', responseStatusCode: isSuccess ? 200 : 500, responseBody: '' },
    ...{ durationMs: 10, startedAt },
  };
  return {
    ...{ lease, environmentId, endpointId, eventType: 'invoice.paid' },
    attempt: ending.withAttempt ? attempt : undefined,
    next: toTransition(ending, model),
  };
}

function toTransition({ status, dueInSeconds }: Ending, { nowSeconds }: QueueModel): DeliveryTransition {
  if (status === 'pending') return { status, dueAt: at(nowSeconds + dueInSeconds) };
  if (status === 'dead_letter') return { status, reason: 'exhausted' };
  if (status === 'cancelled') return { status, reason: 'requested' };
  return { status };
}

function apply(delivery: ModelDelivery, { next, attempt }: DeliveryOutcome): void {
  if (attempt) {
    delivery.attemptCount += 1;
    if (delivery.line?.onFailure === 'continue') delivery.line = undefined;
  }
  if (next.status === 'pending') putBack(delivery, (next.dueAt.getTime() - at(0).getTime()) / 1000);
  else end(delivery, next.status, 'reason' in next ? next.reason : undefined);
}

export function renewCommand(choice: { lease: number; leaseSeconds: number }): QueueCommand {
  return defineCommand({
    name: 'renew',
    params: choice,
    isPossible: hasLeases,
    run: async ({ model, tenant, leaseSeconds, ...chosen }) => {
      const lease = pick(model.leases, chosen.lease);
      const leaseUntil = model.nowSeconds + leaseSeconds;
      const delivery = heldBy(model, lease);
      const result = await tenant.world.storage.renewLeases({ leases: [lease], leaseUntil: at(leaseUntil) });
      assertSame(result, { lost: delivery ? [] : [lease] });
      if (delivery) delivery.leaseUntil = leaseUntil;
    },
  });
}

export function releaseCommand(choice: { lease: number; dueInSeconds: number }): QueueCommand {
  return defineCommand({
    name: 'release',
    params: choice,
    isPossible: hasLeases,
    run: async ({ model, tenant, dueInSeconds, ...chosen }) => {
      const lease = pick(model.leases, chosen.lease);
      const dueAt = model.nowSeconds + dueInSeconds;
      await tenant.world.storage.releaseLeases({ leases: [lease], dueAt: at(dueAt) });
      const delivery = heldBy(model, lease);
      if (delivery) putBack(delivery, dueAt);
    },
  });
}

/** Reaps; which of several leases that ended at the same instant is taken is left to the store. */
export function reapCommand(params: { limit: number }): QueueCommand {
  return defineCommand({
    name: 'reap',
    params,
    run: async ({ model, tenant, limit }) => {
      const { world, environmentId } = tenant;
      const expired = [...model.deliveries.values()]
        .filter(({ status, leaseUntil = 0 }) => status === 'in_flight' && leaseUntil < model.nowSeconds)
        .sort((a, b) => (a.leaseUntil ?? 0) - (b.leaseUntil ?? 0));
      const now = at(model.nowSeconds);
      const result = await world.storage.reapExpired({ now, limit, nextAttemptId: () => world.id('atmpt_', now) });
      assert.deepEqual(result, { reaped: Math.min(limit, expired.length) });
      const page = { limit: 250, order: 'ascending' } as const;
      const filter = { statuses: ['pending'] } as const;
      const { items } = await world.storage.listDeliveries({ environmentId, filter, page });
      const pending = new Set(items.map(({ id }) => id));
      const taken = expired.filter(({ id }) => pending.has(id));
      assert.deepEqual(
        taken.map(({ leaseUntil }) => leaseUntil),
        expired.slice(0, limit).map(({ leaseUntil }) => leaseUntil),
        'the leases that ended first are reaped first',
      );
      for (const delivery of taken) {
        delivery.unknownAttempts += 1;
        putBack(delivery, model.nowSeconds);
      }
    },
  });
}
