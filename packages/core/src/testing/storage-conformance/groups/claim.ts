import assert from 'node:assert/strict';
import type { ClaimedDelivery } from '../../../ports/delivery-store.js';
import { assertSame, assertSameMembers, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeApplication, storeEndpoint, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import {
  claim,
  claimOne,
  claimParams,
  deliver,
  newAttempt,
  outcomeOf,
  publish,
  publishMany,
  readDelivery,
} from '../publishing.js';

/** Appends `count` messages for the endpoint, all due at the instant. */
async function storeBacklog(tenant: Tenant, params: { endpointId: string; count: number; dueAt: Date }) {
  const { endpointId, count, dueAt } = params;
  for (let done = 0; done < count; done += 200) {
    const batch = Array.from({ length: Math.min(200, count - done) }, () => ({ endpointIds: [endpointId], dueAt }));
    await publishMany(tenant, batch);
  }
}

const endpointsOf = (claimed: readonly ClaimedDelivery[]) => claimed.map(({ delivery }) => delivery.endpointId);
const idsOf = (claimed: readonly ClaimedDelivery[]) => claimed.map(({ delivery }) => delivery.id);
const countOf = (claimed: readonly ClaimedDelivery[], endpointId: string) =>
  endpointsOf(claimed).filter((id) => id === endpointId).length;

async function storeNoisyAndQuiet(tenant: Tenant, params: { backlog: number; quiet: number }) {
  const [noisy, ...quiet] = await storeEndpoints(tenant, 1 + params.quiet);
  await storeBacklog(tenant, { endpointId: present(noisy, 'endpoint'), count: params.backlog, dueAt: at(0) });
  await publish(tenant, { endpointIds: quiet, dueAt: at(60) });
  return { noisy: present(noisy, 'endpoint'), quiet };
}

/** Claiming: fairness between endpoints, limits, pauses, order, claimers that never overlap. */
export const claimGroup: ConformanceGroup = {
  name: 'claiming',
  storage: 'fresh',
  cases: [
    {
      name: 'a claim leases the delivery and hands out the message with its payload',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        const message = { payload: '{"n": 1.0}', channels: ['c'], eventId: 'event-1', tags: ['t'], orderingKey: 'k' };
        const published = await publish(tenant, { endpointIds, message });
        const stored = await readDelivery(tenant, present(published.deliveries[0], 'delivery').id);
        const claimed = await claim(tenant, { now: at(1), workerId: 'worker-9', leaseUntil: at(61) });
        const lease = { status: 'in_flight', leaseToken: 1, leaseUntil: at(61), workerId: 'worker-9' };
        assertSame(claimed, [{ delivery: { ...stored, ...lease }, message: published.message }]);
        assertSame(await readDelivery(tenant, stored.id), claimed[0]?.delivery);
      },
    },
    {
      name: 'a delivery is due from its dueAt on, and not a millisecond before',
      run: async (world) => {
        const tenant = await createTenant(world);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1), dueAt: at(10) });
        assert.equal((await claim(tenant, { now: at(9.999) })).length, 0);
        assert.equal((await claim(tenant, { now: at(10) })).length, 1);
      },
    },
    {
      name: 'what is leased or ended is not claimed again',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 3);
        await publish(tenant, { endpointIds });
        const claimed = await claim(tenant, { now: at(1) });
        assert.equal(claimed.length, 3);
        assert.equal((await claim(tenant, { now: at(2) })).length, 0);
        await deliver(tenant, claimed, at(3));
        assert.equal((await claim(tenant, { now: at(9999) })).length, 0);
      },
    },
    {
      name: 'the limit bounds a claim, and nothing due is a claim of nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        assert.deepEqual(await claim(tenant, { now: at(1) }), []);
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 5) });
        const sizes = [];
        for (let call = 0; call < 3; call += 1) sizes.push((await claim(tenant, { now: at(1), limit: 3 })).length);
        assert.deepEqual(sizes, [3, 2, 0]);
      },
    },
    {
      name: 'a claim goes over all environments and applications',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        const tenants = [tenant, sibling, await createTenant(world)];
        for (const each of tenants) await publish(each, { endpointIds: await storeEndpoints(each, 1) });
        const applications = (await claim(tenant, { now: at(1) })).map(({ delivery }) => delivery.applicationId);
        assertSameMembers(
          applications,
          tenants.map(({ applicationId }) => applicationId),
        );
      },
    },
    {
      name: 'the backlog of one endpoint cannot fill a claim: every ready endpoint gets one before any gets two',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { noisy, quiet } = await storeNoisyAndQuiet(tenant, { backlog: 600, quiet: 20 });
        const claimed = await claim(tenant, { now: at(60), limit: 21 });
        assertSameMembers(endpointsOf(claimed), [noisy, ...quiet]);
        const second = await claim(tenant, { now: at(60), limit: 21 });
        assert.equal(countOf(second, noisy), 21);
      },
    },
    {
      name: 'what one round leaves free goes to the endpoints that have more',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { noisy, quiet } = await storeNoisyAndQuiet(tenant, { backlog: 50, quiet: 3 });
        const claimed = await claim(tenant, { now: at(60), limit: 20 });
        assert.equal(claimed.length, 20);
        assert.equal(countOf(claimed, noisy), 17);
        for (const id of quiet) assert.equal(countOf(claimed, id), 1);
      },
    },
    {
      name: 'perEndpointLimit counts what is in flight already, claimed or born leased',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { noisy, quiet } = await storeNoisyAndQuiet(tenant, { backlog: 50, quiet: 2 });
        const lease = { workerId: 'worker-2', leaseUntil: at(600) };
        await publish(tenant, { endpointIds: [noisy], lease });
        const limits = { now: at(60), perEndpointLimit: 4 };
        const first = await claim(tenant, limits);
        assert.equal(countOf(first, noisy), 3);
        assert.equal(first.length, 3 + quiet.length);
        assert.equal((await claim(tenant, limits)).length, 0);
        const done = first.filter(({ delivery }) => delivery.endpointId === noisy).slice(0, 2);
        await deliver(tenant, done, at(61));
        assert.equal(countOf(await claim(tenant, limits), noisy), 2);
      },
    },
    {
      name: 'an endpoint with a full lane does not use up the limit of the others',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { noisy, quiet } = await storeNoisyAndQuiet(tenant, { backlog: 500, quiet: 10 });
        await claim(tenant, { now: at(0), limit: 4 });
        const claimed = await claim(tenant, { now: at(60), limit: 10, perEndpointLimit: 4 });
        assertSameMembers(endpointsOf(claimed), quiet);
        assert.equal(countOf(claimed, noisy), 0);
      },
    },
    {
      name: 'no ready endpoint is passed over for long, whatever older backlogs the others have',
      run: async (world) => {
        const tenant = await createTenant(world);
        const [late, ...noisy] = await storeEndpoints(tenant, 21);
        for (const endpointId of noisy) await storeBacklog(tenant, { endpointId, count: 50, dueAt: at(0) });
        const { deliveries } = await publish(tenant, { endpointIds: [present(late, 'endpoint')], dueAt: at(500) });
        const wanted = present(deliveries[0], 'delivery').id;
        const calls = 40;
        for (let call = 0; call < calls; call += 1) {
          const claimed = await claim(tenant, { now: at(1000), limit: 10 });
          if (idsOf(claimed).includes(wanted)) return;
          await deliver(tenant, claimed, at(1000));
        }
        assert.fail(`An endpoint with one due delivery got nothing in ${calls} claims of 10 among 21 endpoints.`);
      },
    },
    {
      name: 'within an endpoint first attempts come before retries, then what is due longest',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        const expected: string[] = [];
        const retries = await publishMany(tenant, [{ endpointIds }, { endpointIds }]);
        assert.equal(retries.length, 2);
        for (const [index, claimed] of (await claim(tenant, { now: at(1) })).entries()) {
          const attempt = newAttempt(tenant, claimed, { outcome: 'failed', responseStatusCode: 500 });
          const next = { status: 'pending', dueAt: at(20 - 10 * index) } as const;
          await world.storage.recordOutcomes({ outcomes: [outcomeOf(claimed, next, attempt)], recordedAt: at(2) });
          expected.unshift(claimed.delivery.id);
        }
        for (const seconds of [40, 30]) {
          const { deliveries } = await publish(tenant, { endpointIds, dueAt: at(seconds) });
          expected.unshift(present(deliveries[0], 'delivery').id);
        }
        const order: string[] = [];
        for (let call = 0; call < 4; call += 1) order.push((await claimOne(tenant, { now: at(60) })).delivery.id);
        assert.deepEqual(order, expected);
      },
    },
    {
      name: 'a postponed delivery without an attempt still counts as a first attempt',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        await publish(tenant, { endpointIds });
        const failed = await claimOne(tenant, { now: at(1) });
        const attempt = newAttempt(tenant, failed, { outcome: 'failed', responseStatusCode: 500 });
        const retry = outcomeOf(failed, { status: 'pending', dueAt: at(5) }, attempt);
        await publish(tenant, { endpointIds });
        const postponed = await claimOne(tenant, { now: at(1) });
        const later = outcomeOf(postponed, { status: 'pending', dueAt: at(50) });
        await world.storage.recordOutcomes({ outcomes: [retry, later], recordedAt: at(2) });
        assert.equal((await claimOne(tenant, { now: at(60) })).delivery.id, postponed.delivery.id);
      },
    },
    {
      name: 'a claim of first attempts alone leaves retries for the next claim, however many endpoints have them',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 12);
        await publish(tenant, { endpointIds });
        const outcomes = (await claim(tenant, { now: at(1) })).map((claimed) => {
          const attempt = newAttempt(tenant, claimed, { outcome: 'failed', responseStatusCode: 500 });
          return outcomeOf(claimed, { status: 'pending', dueAt: at(5) }, attempt);
        });
        await world.storage.recordOutcomes({ outcomes, recordedAt: at(2) });
        const fresh = endpointIds.slice(-2);
        await publish(tenant, { endpointIds: fresh, dueAt: at(6) });
        await publish(tenant, { endpointIds: fresh, dueAt: at(50) });
        const firstOnly = await claim(tenant, { now: at(10), limit: 5, firstAttemptsOnly: true });
        assertSameMembers(endpointsOf(firstOnly), fresh);
        assert.deepEqual(await claim(tenant, { now: at(10), limit: 5, firstAttemptsOnly: true }), []);
        const rest = await claim(tenant, { now: at(10) });
        assertSameMembers(endpointsOf(rest), endpointIds);
        for (const { delivery } of rest) assert.equal(delivery.attemptCount, 1);
      },
    },
    {
      name: 'an endpoint paused beyond now is passed over, and claimed from that instant on',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const [paused, other] = await storeEndpoints(tenant, 2);
        const endpointId = present(paused, 'endpoint');
        await publish(tenant, { endpointIds: [endpointId, present(other, 'endpoint')] });
        const endpointStates = [{ applicationId, endpointId, pausedUntil: at(30) }];
        await world.storage.recordOutcomes({ outcomes: [], endpointStates, recordedAt: at(1) });
        assert.deepEqual(endpointsOf(await claim(tenant, { now: at(29.999) })), [other]);
        assert.deepEqual(endpointsOf(await claim(tenant, { now: at(30) })), [paused]);
      },
    },
    {
      name: 'deliveries of disabled and deleted endpoints are claimed, for the worker to settle',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const disabled = await storeEndpoint(tenant, { disabled: true, disabledReason: 'manual' });
        const deleted = await storeEndpoint(tenant);
        await world.storage.deleteEndpoint({ environmentId, applicationId, endpointId: deleted.id, deletedAt: at(0) });
        await publish(tenant, { endpointIds: [disabled.id, deleted.id] });
        assertSameMembers(endpointsOf(await claim(tenant, { now: at(1) })), [disabled.id, deleted.id]);
      },
    },
    {
      name: 'parallel claimers never lease a delivery twice, and together lease them all',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 10);
        await publishMany(
          tenant,
          Array.from({ length: 20 }, () => ({ endpointIds })),
        );
        const claimed: ClaimedDelivery[] = [];
        for (let round = 0; round < 50 && claimed.length < 200; round += 1) {
          const calls = Array.from({ length: 8 }, (_, index) =>
            world.storage.claimDue(claimParams({ now: at(1), limit: 7, workerId: `worker-${index}` })),
          );
          claimed.push(...(await Promise.all(calls)).flat());
        }
        assert.equal(claimed.length, 200);
        assert.equal(new Set(idsOf(claimed)).size, 200);
        for (const { delivery } of claimed) assert.equal(delivery.leaseToken, 1);
      },
    },
  ],
};
