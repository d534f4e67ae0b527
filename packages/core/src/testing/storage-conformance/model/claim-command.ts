import assert from 'node:assert/strict';
import type { ClaimedDelivery } from '../../../ports/delivery-store.js';
import { present } from '../assertions.js';
import { at } from '../instants.js';
import { claim, leaseOf } from '../publishing.js';
import { defineCommand, type QueueCommand } from './queue-command.js';
import { handOut, isHeld, type ModelDelivery, type QueueModel } from './queue-model.js';

interface ClaimLimits {
  readonly limit: number;
  readonly perEndpointLimit: number;
}

/** What a claim may take of one endpoint. */
interface Lane {
  readonly endpointId: string;
  /** Due, in the order of the contract: first attempts, then by `dueAt`. */
  readonly due: readonly ModelDelivery[];
  readonly capacity: number;
}

export function claimCommand(params: ClaimLimits & { readonly leaseSeconds: number }): QueueCommand {
  return defineCommand({
    name: 'claim',
    params,
    run: async ({ model, tenant, limit, perEndpointLimit, leaseSeconds }) => {
      const leaseUntil = model.nowSeconds + leaseSeconds;
      const lanes = lanesOf(model, perEndpointLimit);
      const claimed = await claim(tenant, {
        ...{ now: at(model.nowSeconds), limit, perEndpointLimit, leaseUntil: at(leaseUntil) },
      });
      assertFair({ lanes, claimed, limit });
      for (const each of claimed) {
        const delivery = present(model.deliveries.get(each.delivery.id), 'a claimed delivery');
        assert.equal(delivery.status, 'pending', `${delivery.id} was claimed while ${delivery.status}`);
        assert.ok(!isHeld(model, delivery), `${delivery.id} was claimed before those that stand before it`);
        Object.assign(delivery, { status: 'in_flight', leaseToken: delivery.leaseToken + 1, leaseUntil });
        handOut(model, leaseOf(each));
      }
    },
  });
}

function lanesOf(model: QueueModel, perEndpointLimit: number): Lane[] {
  const deliveries = [...model.deliveries.values()];
  return model.endpoints.map(({ id: endpointId }) => {
    const mine = deliveries.filter((delivery) => delivery.endpointId === endpointId);
    const due = mine
      .filter((each) => each.status === 'pending' && each.dueAt <= model.nowSeconds && !isHeld(model, each))
      .sort((a, b) => rankOf(a) - rankOf(b));
    const inFlight = mine.filter(({ status }) => status === 'in_flight').length;
    return { endpointId, due, capacity: Math.min(due.length, Math.max(0, perEndpointLimit - inFlight)) };
  });
}

/** Orders first attempts before retries, then by `dueAt` (always far below the offset). */
function rankOf({ attemptCount, dueAt }: ModelDelivery): number {
  return (attemptCount === 0 ? 0 : 1_000_000) + dueAt;
}

function assertFair(params: { lanes: readonly Lane[]; claimed: readonly ClaimedDelivery[]; limit: number }): void {
  const { lanes, claimed, limit } = params;
  const ids = new Set(claimed.map(({ delivery }) => delivery.id));
  assert.equal(ids.size, claimed.length, 'a claim leases a delivery once');
  const available = lanes.reduce((sum, { capacity }) => sum + capacity, 0);
  assert.equal(claimed.length, Math.min(limit, available), 'a claim takes all it may');
  const shares = lanes.map((lane) => {
    const taken = lane.due.filter(({ id }) => ids.has(id));
    const first = lane.due.slice(0, taken.length);
    assert.deepEqual(taken.map(rankOf), first.map(rankOf), `the order within ${lane.endpointId}`);
    assert.ok(taken.length <= lane.capacity, `${lane.endpointId} is over its limit`);
    return { count: taken.length, hasMore: taken.length < lane.capacity };
  });
  const most = Math.max(0, ...shares.map(({ count }) => count));
  for (const { count, hasMore } of shares) {
    assert.ok(!hasMore || count >= most - 1, 'no endpoint gets two more than one that has more');
  }
}
