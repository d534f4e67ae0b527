import assert from 'node:assert/strict';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import {
  claim,
  claimOne,
  deliver,
  leaseOf,
  newAttempt,
  outcomeOf,
  publish,
  publishMany,
  readDelivery,
} from '../publishing.js';
import { mergeRollups } from '../rollup-sums.js';

interface Target {
  readonly messageId: string;
  readonly id: string;
}

function cancel(tenant: Tenant, delivery: Target, seconds: number) {
  const { world, environmentId, applicationId } = tenant;
  return world.storage.cancelDelivery({
    ...{ environmentId, applicationId, messageId: delivery.messageId, deliveryId: delivery.id },
    ...{ attemptId: world.id('atmpt_', at(seconds)), cancelledAt: at(seconds) },
  });
}

async function storePending(tenant: Tenant, dueAt = at(0)): Promise<Target> {
  const { message, deliveries } = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1), dueAt });
  return { messageId: message.id, id: present(deliveries[0], 'a delivery').id };
}

async function attemptsOf({ world, environmentId, applicationId }: Tenant) {
  const page = { limit: 250, order: 'ascending' } as const;
  return (await world.storage.listAttempts({ environmentId, applicationId, filter: {}, page })).items;
}

async function countedOf({ world, environmentId }: Tenant) {
  const rollups = await world.storage.readRollups({ environmentId, from: at(-60), to: at(3600) });
  const { attempts = 0, cancelled = 0, delivered = 0 } = mergeRollups(rollups) ?? {};
  return { attempts, cancelled, delivered };
}

const called = { status: 'cancelled', reason: 'requested' } as const;

/** Calling deliveries off: whatever their state, exactly once, fencing off whoever works on them. */
export const cancelGroup: ConformanceGroup = {
  name: 'cancelling',
  storage: 'fresh',
  cases: [
    {
      name: 'a pending delivery is cancelled(requested), not claimed any more, and counted',
      run: async (world) => {
        const tenant = await createTenant(world);
        const pending = await storePending(tenant);
        const before = await readDelivery(tenant, pending.id);
        const result = await cancel(tenant, pending, 10);
        const { endpointId } = before;
        const { environmentId, applicationId } = tenant;
        const ended = [{ environmentId, applicationId, endpointId, eventType: 'invoice.paid', ...called, count: 1 }];
        assertSame(result, { outcome: 'cancelled', delivery: { ...before, ...called, endedAt: at(10) }, ended });
        assertSame(await readDelivery(tenant, pending.id), { ...before, ...called, endedAt: at(10) });
        assert.deepEqual(await claim(tenant, { now: at(20) }), []);
        assert.deepEqual(await attemptsOf(tenant), []);
        assert.deepEqual(await countedOf(tenant), { attempts: 0, cancelled: 1, delivered: 0 });
      },
    },
    {
      name: 'one in flight too: its worker has lost the lease, and the request it may have made is on record as unknown',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpoint = await storeEndpoint(tenant);
        await publish(tenant, { endpointIds: [endpoint.id] });
        const claimed = await claimOne(tenant, { now: at(1) });
        assert.equal((await cancel(tenant, claimed.delivery, 10)).outcome, 'cancelled');
        const lease = leaseOf(claimed);
        assertSame(await world.storage.renewLeases({ leases: [lease], leaseUntil: at(90) }), { lost: [lease] });
        await world.storage.releaseLeases({ leases: [lease], dueAt: at(11) });
        const outcomes = [outcomeOf(claimed, { status: 'delivered' }, newAttempt(tenant, claimed))];
        assertSame(await world.storage.recordOutcomes({ outcomes, recordedAt: at(11) }), { fenced: [lease] });
        const { leaseUntil: _leaseUntil, workerId: _workerId, ...rest } = claimed.delivery;
        assertSame(await readDelivery(tenant, lease.deliveryId), { ...rest, ...called, endedAt: at(10) });
        const [attempt, ...others] = await attemptsOf(tenant);
        assert.deepEqual(others, []);
        const { outcome, number, url, startedAt, deliveryId } = present(attempt, 'the attempt');
        assertSame(
          { outcome, number, url, startedAt, deliveryId },
          { outcome: 'unknown', number: 1, url: endpoint.url, startedAt: at(10), deliveryId: lease.deliveryId },
        );
        assert.deepEqual(await countedOf(tenant), { attempts: 0, cancelled: 1, delivered: 0 });
      },
    },
    {
      name: 'an ended delivery is left as it is, and so is one that was cancelled before',
      run: async (world) => {
        const tenant = await createTenant(world);
        await storePending(tenant);
        const claimed = await claimOne(tenant, { now: at(1) });
        await deliver(tenant, [claimed], at(2));
        const ended = await readDelivery(tenant, claimed.delivery.id);
        assertSame(await cancel(tenant, ended, 10), { outcome: 'ended', delivery: ended });
        assertSame(await readDelivery(tenant, ended.id), ended);
        const pending = await storePending(tenant);
        await cancel(tenant, pending, 10);
        const cancelled = await readDelivery(tenant, pending.id);
        assertSame(await cancel(tenant, pending, 11), { outcome: 'ended', delivery: cancelled });
        assert.equal((await attemptsOf(tenant)).length, 1);
      },
    },
    {
      name: 'a delivery that is not there, under this message, is missing',
      run: async (world) => {
        const tenant = await createTenant(world);
        const [one, other] = [await storePending(tenant), await storePending(tenant)];
        const missing = { outcome: 'missing' };
        assertSame(await cancel(tenant, { ...one, messageId: other.messageId }, 10), missing);
        assertSame(await cancel(tenant, { ...one, id: tenant.world.id('dlv_') }, 10), missing);
        assert.equal((await readDelivery(tenant, one.id)).status, 'pending');
        assert.equal((await claim(tenant, { now: at(20) })).length, 2);
      },
    },
    {
      name: 'of a claim and a cancellation at the same time, the cancellation has the last word',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        const published = await publishMany(
          tenant,
          Array.from({ length: 30 }, () => ({ endpointIds })),
        );
        const targets = published.map(({ message, deliveries }) => ({
          messageId: message.id,
          id: present(deliveries[0], 'a delivery').id,
        }));
        const [claimed] = await Promise.all([
          claim(tenant, { now: at(1) }),
          ...targets.map((target) => cancel(tenant, target, 2)),
        ]);
        const outcomes = claimed.map((each) => outcomeOf(each, { status: 'delivered' }, newAttempt(tenant, each)));
        const { fenced } = await world.storage.recordOutcomes({ outcomes, recordedAt: at(3) });
        assert.equal(fenced.length, claimed.length);
        for (const { id } of targets) assert.equal((await readDelivery(tenant, id)).status, 'cancelled');
        assert.deepEqual(await countedOf(tenant), { attempts: 0, cancelled: 30, delivered: 0 });
        assert.equal((await attemptsOf(tenant)).length, claimed.length);
        const queue = await world.storage.measureQueue({ now: at(60) });
        assert.deepEqual([queue.pending, queue.inFlight], [0, 0]);
      },
    },
    {
      name: 'of an outcome and a cancellation at the same time exactly one counts',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        await publishMany(
          tenant,
          Array.from({ length: 20 }, () => ({ endpointIds })),
        );
        const claimed = await claim(tenant, { now: at(1) });
        await Promise.all(
          claimed.flatMap((each) => {
            const outcomes = [outcomeOf(each, { status: 'delivered' }, newAttempt(tenant, each))];
            return [world.storage.recordOutcomes({ outcomes, recordedAt: at(2) }), cancel(tenant, each.delivery, 2)];
          }),
        );
        const counted = await countedOf(tenant);
        assert.equal(counted.delivered + counted.cancelled, claimed.length);
        const { environmentId } = tenant;
        const stored = await world.storage.countDeliveries({ environmentId, filter: {} });
        assert.deepEqual([stored.delivered, stored.cancelled], [counted.delivered, counted.cancelled]);
      },
    },
  ],
};
