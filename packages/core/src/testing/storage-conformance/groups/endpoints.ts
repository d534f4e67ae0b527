import assert from 'node:assert/strict';
import type { Endpoint } from '../../../domain/endpoint.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, newEndpoint, newSecret, storeApplication, storeEndpoint, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claimOne, deliver, publish, readDelivery } from '../publishing.js';

const everyMember: Partial<Endpoint> = {
  uid: 'endpoint-1',
  url: 'https://receiver.example/häkchen?x=%20',
  description: 'Zahlungen ☕',
  metadata: { team: 'billing', "quote'": '"' },
  disabled: true,
  disabledReason: 'manual',
  eventTypes: ['invoice.paid', 'invoice.voided'],
  channels: ['eu', 'us'],
  headers: { 'x-token': 'sécret' },
  throttleRate: 10,
  retryScheduleMs: [1000, 60_000],
  timeoutMs: 5000,
  maxInFlight: 12,
  ordering: { by: 'key', onFailure: 'continue' } as const,
  filter: { data: { $or: [{ amount: { $gte: 100.5 } }, { currency: ['EUR', null, 'ü'] }] }, test: false },
};

const get = ({ world, environmentId, applicationId }: Tenant, id: string) =>
  world.storage.getEndpoint({ environmentId, applicationId, endpoint: { id } });

/** One delivery of each state of the endpoint, by state. */
async function storeOneOfEach(tenant: Tenant, endpointId: string) {
  const ended = await publish(tenant, { endpointIds: [endpointId] });
  await deliver(tenant, [await claimOne(tenant, { now: at(1) })], at(2));
  const leased = await publish(tenant, {
    endpointIds: [endpointId],
    lease: { workerId: 'worker-1', leaseUntil: at(600) },
  });
  const waiting = await publish(tenant, { endpointIds: [endpointId], dueAt: at(3600) });
  const due = await publish(tenant, { endpointIds: [endpointId] });
  const idOf = ({ deliveries }: typeof ended) => present(deliveries[0], 'delivery').id;
  return { ended: idOf(ended), leased: idOf(leased), waiting: idOf(waiting), due: idOf(due) };
}

/** Endpoints: every outcome of every method, and what disabling and deleting do to their deliveries. */
export const endpointsGroup: ConformanceGroup = {
  name: 'endpoints',
  storage: 'fresh',
  cases: [
    {
      name: 'an endpoint is stored with every member',
      run: async (world) => {
        const tenant = await createTenant(world);
        for (const endpoint of [newEndpoint(tenant, everyMember), newEndpoint(tenant)]) {
          const result = await world.storage.createEndpoint({ endpoint, secrets: [newSecret(endpoint.id)] });
          assertSame(result, { outcome: 'created', record: endpoint });
          assertSame(await get(tenant, endpoint.id), endpoint);
        }
      },
    },
    {
      name: 'an endpoint is found by its uid within its application; a missing one is undefined',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpoint = await storeEndpoint(tenant, { uid: 'e1' });
        const { environmentId, applicationId } = tenant;
        const sibling = await storeApplication(world, { environmentId });
        const find = (application: string, ref: { id: string } | { uid: string }) =>
          world.storage.getEndpoint({ environmentId, applicationId: application, endpoint: ref });
        assertSame(await find(applicationId, { uid: 'e1' }), endpoint);
        assert.equal(await find(applicationId, { uid: 'e2' }), undefined);
        assert.equal(await find(applicationId, { id: world.id('ep_') }), undefined);
        assert.equal(await find(sibling.id, { uid: 'e1' }), undefined);
        assert.equal(await find(sibling.id, { id: endpoint.id }), undefined);
      },
    },
    {
      name: 'an endpoint of a missing application is parent_missing, and leaves nothing behind',
      run: async (world) => {
        const tenant = { ...(await createTenant(world)), applicationId: world.id('app_') };
        const endpoint = newEndpoint(tenant);
        const result = await world.storage.createEndpoint({ endpoint, secrets: [newSecret('x')] });
        assertSame(result, { outcome: 'parent_missing' });
        assert.equal(await get(tenant, endpoint.id), undefined);
      },
    },
    {
      name: 'a uid is taken once in an application, and free in another',
      run: async (world) => {
        const tenant = await createTenant(world);
        await storeEndpoint(tenant, { uid: 'same' });
        const second = newEndpoint(tenant, { uid: 'same' });
        const create = (endpoint: Endpoint) => world.storage.createEndpoint({ endpoint, secrets: [newSecret('x')] });
        assertSame(await create(second), { outcome: 'uid_taken' });
        assert.equal(await get(tenant, second.id), undefined);
        const { environmentId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        assert.equal((await create(newEndpoint(sibling, { uid: 'same' }))).outcome, 'created');
      },
    },
    {
      name: 'replacing writes every member but the ids and createdAt, and keeps the secrets',
      run: async (world) => {
        const tenant = await createTenant(world);
        const stored = await storeEndpoint(tenant, { ...everyMember, disabled: false, disabledReason: undefined });
        const change = newEndpoint(tenant, {
          ...{ id: stored.id, version: 2, createdAt: at(60), updatedAt: at(60) },
          ...{ url: 'https://other.example/', retryScheduleMs: [5] },
        });
        const expected = { ...change, createdAt: stored.createdAt };
        const result = await world.storage.replaceEndpoint({ endpoint: change });
        assertSame(result, { outcome: 'replaced', record: expected, ended: [] });
        assertSame(await get(tenant, stored.id), expected);
        const { environmentId, applicationId } = tenant;
        const params = { environmentId, applicationId, endpointId: stored.id };
        assertSame(await world.storage.getEndpointSecrets(params), [newSecret(stored.id)]);
      },
    },
    {
      name: 'a replacement that loses is version_mismatch, uid_taken or not_found, and writes nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        await storeEndpoint(tenant, { uid: 'theirs' });
        const stored = await storeEndpoint(tenant, { uid: 'mine' });
        const outcomeOf = async (endpoint: Endpoint) => (await world.storage.replaceEndpoint({ endpoint })).outcome;
        assert.equal(await outcomeOf({ ...stored, description: 'x', version: 1 }), 'version_mismatch');
        assert.equal(await outcomeOf({ ...stored, description: 'x', version: 3 }), 'version_mismatch');
        assert.equal(await outcomeOf({ ...stored, uid: 'theirs', version: 2 }), 'uid_taken');
        assert.equal(await outcomeOf(newEndpoint(tenant, { version: 2 })), 'not_found');
        assertSame(await get(tenant, stored.id), stored);
        assert.equal(await outcomeOf({ ...stored, description: 'x', version: 2 }), 'replaced');
      },
    },
    {
      name: 'of concurrent replacements of one version exactly one wins',
      run: async (world) => {
        const tenant = await createTenant(world);
        const stored = await storeEndpoint(tenant);
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            world.storage.replaceEndpoint({ endpoint: { ...stored, description: `n${index}`, version: 2 } }),
          ),
        );
        const winners = results.flatMap((result) => (result.outcome === 'replaced' ? [result.record] : []));
        assert.equal(winners.length, 1);
        assertSame(await get(tenant, stored.id), winners[0]);
      },
    },
    ...(['manual', 'failing', 'gone'] as const).map((disabledReason) => ({
      name: `disabling (${disabledReason}) dead-letters what is pending and leaves what is in flight or ended`,
      run: async (world: Tenant['world']) => {
        const tenant = await createTenant(world);
        const stored = await storeEndpoint(tenant);
        const deliveries = await storeOneOfEach(tenant, stored.id);
        const other = await publish(tenant, { endpointIds: [(await storeEndpoint(tenant)).id] });

        const endpoint = { ...stored, disabled: true, disabledReason, version: 2, updatedAt: at(10) };
        assert.equal((await world.storage.replaceEndpoint({ endpoint })).outcome, 'replaced');

        const reason = disabledReason === 'gone' ? 'endpoint_gone' : 'endpoint_disabled';
        for (const id of [deliveries.waiting, deliveries.due]) {
          const delivery = await readDelivery(tenant, id);
          const { status, endedAt } = delivery;
          assertSame({ status, reason: delivery.reason, endedAt }, { status: 'dead_letter', reason, endedAt: at(10) });
        }
        assert.equal((await readDelivery(tenant, deliveries.leased)).status, 'in_flight');
        assert.equal((await readDelivery(tenant, deliveries.ended)).status, 'delivered');
        assert.equal((await readDelivery(tenant, present(other.deliveries[0], 'delivery').id)).status, 'pending');
      },
    })),
    {
      name: 'replacing an endpoint that stays disabled leaves its pending deliveries alone',
      run: async (world) => {
        const tenant = await createTenant(world);
        const stored = await storeEndpoint(tenant, { disabled: true, disabledReason: 'manual' });
        const { deliveries } = await publish(tenant, { endpointIds: [stored.id] });
        await world.storage.replaceEndpoint({ endpoint: { ...stored, description: 'still off', version: 2 } });
        assert.equal((await readDelivery(tenant, present(deliveries[0], 'delivery').id)).status, 'pending');
      },
    },
    {
      name: 'deleting cancels what is pending and leaves what is in flight or ended; the second time is not_found',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const stored = await storeEndpoint(tenant, { uid: 'gone' });
        const deliveries = await storeOneOfEach(tenant, stored.id);
        const params = { environmentId, applicationId, endpointId: stored.id, deletedAt: at(20) };
        assert.equal((await world.storage.deleteEndpoint(params)).outcome, 'deleted');
        assertSame(await world.storage.deleteEndpoint(params), { outcome: 'not_found' });
        assert.equal(await get(tenant, stored.id), undefined);
        assert.equal(await world.storage.getEndpointSecrets(params), undefined);
        for (const id of [deliveries.waiting, deliveries.due]) {
          const { status, reason, endedAt } = await readDelivery(tenant, id);
          assertSame({ status, reason, endedAt }, { status: 'cancelled', reason: 'endpoint_deleted', endedAt: at(20) });
        }
        assert.equal((await readDelivery(tenant, deliveries.leased)).status, 'in_flight');
        assert.equal((await readDelivery(tenant, deliveries.ended)).status, 'delivered');
        const successor = newEndpoint(tenant, { uid: 'gone' });
        const created = await world.storage.createEndpoint({ endpoint: successor, secrets: [newSecret('x')] });
        assert.equal(created.outcome, 'created');
      },
    },
  ],
};
