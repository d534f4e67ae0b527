import assert from 'node:assert/strict';
import type { LeaseRef } from '../../../domain/delivery.js';
import { assertSame, assertSameMembers, idsOf, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, claimOne, leaseOf, newAttempt, outcomeOf, publish, readDelivery } from '../publishing.js';

async function storeLeased(tenant: Tenant) {
  await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
  return claimOne(tenant, { now: at(1), leaseUntil: at(61) });
}

function reap(tenant: Tenant, seconds: number, limit = 100) {
  const now = at(seconds);
  return tenant.world.storage.reapExpired({ now, limit, nextAttemptId: () => tenant.world.id('atmpt_', now) });
}

/** A worker loses its lease to the reaper, and another worker gets the next one. */
async function storeStolen(tenant: Tenant) {
  const stale = await storeLeased(tenant);
  await reap(tenant, 62);
  const current = await claimOne(tenant, { now: at(63), workerId: 'worker-2', leaseUntil: at(123) });
  return { stale, current };
}

const attemptsOf = async ({ world, environmentId, applicationId }: Tenant) => {
  const page = { limit: 250, order: 'ascending' } as const;
  return (await world.storage.listAttempts({ environmentId, applicationId, filter: {}, page })).items;
};

/** Leases: fencing by token, renewing, releasing, reaping. */
export const leasesGroup: ConformanceGroup = {
  name: 'leases and fencing',
  storage: 'fresh',
  cases: [
    {
      name: 'every lease of a delivery has a higher token than the one before',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { stale, current } = await storeStolen(tenant);
        assert.equal(current.delivery.id, stale.delivery.id);
        assert.deepEqual([stale.delivery.leaseToken, current.delivery.leaseToken], [1, 2]);
        await world.storage.releaseLeases({ leases: [leaseOf(current)], dueAt: at(64) });
        assert.equal((await claimOne(tenant, { now: at(64) })).delivery.leaseToken, 3);
      },
    },
    {
      name: 'a stale token records nothing: no state, no attempt',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { stale, current } = await storeStolen(tenant);
        const outcomes = [outcomeOf(stale, { status: 'delivered' }, newAttempt(tenant, stale))];
        const result = await world.storage.recordOutcomes({ outcomes, recordedAt: at(70) });
        assertSame(result, { fenced: [leaseOf(stale)] });
        assertSame(await readDelivery(tenant, stale.delivery.id), current.delivery);
        assert.deepEqual(
          (await attemptsOf(tenant)).map(({ outcome }) => outcome),
          ['unknown'],
        );
      },
    },
    {
      name: 'a stale token is not renewed, and the lease of the other worker stays as it is',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { stale, current } = await storeStolen(tenant);
        const result = await world.storage.renewLeases({ leases: [leaseOf(stale)], leaseUntil: at(500) });
        assertSame(result, { lost: [leaseOf(stale)] });
        assertSame(await readDelivery(tenant, stale.delivery.id), current.delivery);
      },
    },
    {
      name: 'a stale token releases nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { stale, current } = await storeStolen(tenant);
        await world.storage.releaseLeases({ leases: [leaseOf(stale)], dueAt: at(70) });
        assertSame(await readDelivery(tenant, stale.delivery.id), current.delivery);
      },
    },
    {
      name: 'a lease names its application, message and delivery: a reference that differs in one is lost',
      run: async (world) => {
        const tenant = await createTenant(world);
        const claimed = await storeLeased(tenant);
        const other = await storeLeased(tenant);
        const lease = leaseOf(claimed);
        const wrong: LeaseRef[] = [
          { ...lease, applicationId: world.id('app_') },
          { ...lease, messageId: other.delivery.messageId },
          { ...lease, deliveryId: world.id('dlv_') },
          { ...lease, leaseToken: 2 },
          { ...lease, leaseToken: 0 },
        ];
        for (const each of wrong) {
          const renewal = await world.storage.renewLeases({ leases: [each], leaseUntil: at(500) });
          assertSame(renewal, { lost: [each] });
          const outcomes = [{ ...outcomeOf(claimed, { status: 'delivered' }), lease: each }];
          assertSame(await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) }), { fenced: [each] });
          await world.storage.releaseLeases({ leases: [each], dueAt: at(2) });
        }
        assertSame(await readDelivery(tenant, claimed.delivery.id), claimed.delivery);
      },
    },
    {
      name: 'renewing moves the end of the leases that are held, and answers those that are lost',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 3) });
        const claimed = await claim(tenant, { now: at(1), leaseUntil: at(61) });
        const [first, second, third] = claimed.map(leaseOf) as [LeaseRef, LeaseRef, LeaseRef];
        await world.storage.releaseLeases({ leases: [second], dueAt: at(2) });
        for (let time = 0; time < 2; time += 1) {
          const result = await world.storage.renewLeases({ leases: [first, second, third], leaseUntil: at(120) });
          assertSame(result, { lost: [second] });
        }
        for (const { deliveryId, leaseToken } of [first, third]) {
          const { status, leaseUntil, leaseToken: token } = await readDelivery(tenant, deliveryId);
          assertSame({ status, leaseUntil, token }, { status: 'in_flight', leaseUntil: at(120), token: leaseToken });
        }
        assert.deepEqual(await reap(tenant, 100), { reaped: 0 });
      },
    },
    {
      name: 'a renewal of nothing loses nothing',
      run: async ({ storage }) => {
        assertSame(await storage.renewLeases({ leases: [], leaseUntil: at(1) }), { lost: [] });
        await storage.releaseLeases({ leases: [], dueAt: at(1) });
      },
    },
    {
      name: 'a released delivery is pending at dueAt, without a worker and without an attempt',
      run: async (world) => {
        const tenant = await createTenant(world);
        const claimed = await storeLeased(tenant);
        for (let time = 0; time < 2; time += 1) {
          await world.storage.releaseLeases({ leases: [leaseOf(claimed)], dueAt: at(30) });
        }
        const { leaseUntil: _leaseUntil, workerId: _workerId, ...rest } = claimed.delivery;
        const expected = { ...rest, status: 'pending', dueAt: at(30) };
        assertSame(await readDelivery(tenant, claimed.delivery.id), expected);
        assert.deepEqual(await attemptsOf(tenant), []);
        assert.equal((await claim(tenant, { now: at(29) })).length, 0);
        assert.equal((await claim(tenant, { now: at(30) })).length, 1);
      },
    },
    {
      name: 'an expired lease still counts until somebody takes it',
      run: async (world) => {
        const tenant = await createTenant(world);
        const claimed = await storeLeased(tenant);
        assert.equal((await claim(tenant, { now: at(1000) })).length, 0);
        const renewal = await world.storage.renewLeases({ leases: [leaseOf(claimed)], leaseUntil: at(1100) });
        assertSame(renewal, { lost: [] });
        const outcomes = [outcomeOf(claimed, { status: 'delivered' }, newAttempt(tenant, claimed))];
        assertSame(await world.storage.recordOutcomes({ outcomes, recordedAt: at(1200) }), { fenced: [] });
      },
    },
    {
      name: 'reaping takes leases that ended before now, and not those that end at now or later',
      run: async (world) => {
        const tenant = await createTenant(world);
        const claimed = await storeLeased(tenant);
        assert.deepEqual(await reap(tenant, 61), { reaped: 0 });
        assert.deepEqual(await reap(tenant, 61.001), { reaped: 1 });
        assert.deepEqual(await reap(tenant, 61.002), { reaped: 0 });
        const { leaseUntil: _leaseUntil, workerId: _workerId, ...rest } = claimed.delivery;
        const expected = { ...rest, status: 'pending', dueAt: at(61.001) };
        assertSame(await readDelivery(tenant, claimed.delivery.id), expected);
      },
    },
    {
      name: 'reaping writes an attempt of unknown outcome, which is not counted',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const endpoint = await storeEndpoint(tenant, { url: 'https://receiver.example/slow' });
        await publish(tenant, { endpointIds: [endpoint.id] });
        const first = await claimOne(tenant, { now: at(1) });
        const failed = newAttempt(tenant, first, { outcome: 'failed', responseStatusCode: 500, startedAt: at(1) });
        const retry = outcomeOf(first, { status: 'pending', dueAt: at(5) }, failed);
        await world.storage.recordOutcomes({ outcomes: [retry], recordedAt: at(2) });
        const second = await claimOne(tenant, { now: at(5), leaseUntil: at(10) });

        await reap(tenant, 20);

        const { delivery } = second;
        const [recorded, unknown] = await attemptsOf(tenant);
        assertSame(recorded, failed);
        assertSame(unknown, {
          ...{ id: present(unknown, 'an attempt').id, environmentId, applicationId, messageId: delivery.messageId },
          ...{ endpointId: endpoint.id, deliveryId: delivery.id, number: 2, trigger: 'scheduled' },
          ...{ outcome: 'unknown', url: endpoint.url, responseStatusCode: 0, responseBody: '' },
          ...{ durationMs: 0, startedAt: at(20) },
        });
        const { attemptCount, firstAttemptAt } = await readDelivery(tenant, delivery.id);
        assertSame({ attemptCount, firstAttemptAt }, { attemptCount: 1, firstAttemptAt: at(1) });
      },
    },
    {
      name: 'reaping uses one new attempt id for each delivery',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 5) });
        const claimed = await claim(tenant, { now: at(1), leaseUntil: at(5) });
        await reap(tenant, 10);
        const attempts = await attemptsOf(tenant);
        assertSameMembers(
          attempts.map(({ deliveryId }) => deliveryId),
          idsOf(claimed.map(({ delivery }) => delivery)),
        );
        assert.equal(new Set(idsOf(attempts)).size, 5);
      },
    },
    {
      name: 'reaping takes the oldest leases first, at most the limit',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 5) });
        const claimed = [];
        for (const seconds of [50, 20, 40, 10, 30]) {
          claimed.push(await claimOne(tenant, { now: at(1), leaseUntil: at(seconds) }));
        }
        assert.deepEqual(await reap(tenant, 100, 2), { reaped: 2 });
        const [at50, at20, at40, at10, at30] = claimed.map(({ delivery }) => delivery.id);
        const pending = [];
        for (const id of [at10, at20, at30, at40, at50]) {
          pending.push((await readDelivery(tenant, present(id, 'id'))).status === 'pending');
        }
        assert.deepEqual(pending, [true, true, false, false, false]);
        assert.deepEqual(await reap(tenant, 100, 2), { reaped: 2 });
        assert.deepEqual(await reap(tenant, 100, 2), { reaped: 1 });
      },
    },
    {
      name: 'reaping works for deleted endpoints, whose URL is then empty',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const claimed = await storeLeased(tenant);
        const { endpointId } = claimed.delivery;
        await world.storage.deleteEndpoint({ environmentId, applicationId, endpointId, deletedAt: at(2) });
        assert.deepEqual(await reap(tenant, 100), { reaped: 1 });
        assert.deepEqual(
          (await attemptsOf(tenant)).map(({ url }) => url),
          [''],
        );
        assert.equal((await claimOne(tenant, { now: at(100) })).delivery.id, claimed.delivery.id);
      },
    },
    {
      name: 'what is born leased can be recorded, renewed, released and reaped like any lease',
      run: async (world) => {
        const tenant = await createTenant(world);
        const lease = { workerId: 'worker-1', leaseUntil: at(60) };
        const published = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 3), lease });
        const { message } = published;
        const [recorded, released, reaped] = published.deliveries.map(({ id, endpointId }) => ({
          ref: { applicationId: tenant.applicationId, messageId: message.id, deliveryId: id, leaseToken: 1 },
          endpointId,
        })) as [Born, Born, Born];
        assert.equal((await claim(tenant, { now: at(1) })).length, 0);
        const renewal = await world.storage.renewLeases({
          leases: [recorded.ref, released.ref, reaped.ref],
          leaseUntil: at(70),
        });
        assertSame(renewal, { lost: [] });
        await world.storage.releaseLeases({ leases: [released.ref], dueAt: at(65) });
        const { environmentId } = tenant;
        const { endpointId, ref } = recorded;
        const next = { status: 'delivered' } as const;
        const outcomes = [{ lease: ref, environmentId, endpointId, eventType: message.eventType, next }];
        assertSame(await world.storage.recordOutcomes({ outcomes, recordedAt: at(66) }), { fenced: [] });
        assert.deepEqual(await reap(tenant, 71), { reaped: 1 });
        const claimed = await claim(tenant, { now: at(71) });
        assertSameMembers(
          claimed.map(({ delivery }) => `${delivery.id} ${delivery.leaseToken}`),
          [`${released.ref.deliveryId} 2`, `${reaped.ref.deliveryId} 2`],
        );
      },
    },
    {
      name: 'parallel reapers take each lease once',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 30) });
        await claim(tenant, { now: at(1), leaseUntil: at(5) });
        const results = await Promise.all(Array.from({ length: 6 }, () => reap(tenant, 10)));
        assert.equal(
          results.reduce((sum, { reaped }) => sum + reaped, 0),
          30,
        );
        assert.equal((await attemptsOf(tenant)).length, 30);
      },
    },
  ],
};

interface Born {
  readonly ref: LeaseRef;
  readonly endpointId: string;
}
