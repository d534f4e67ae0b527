import assert from 'node:assert/strict';
import type { AppendEntry, AppendResult } from '../../../ports/message-store.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeApplication, storeEndpoints, type Tenant } from '../fixtures.js';
import { at, baseAt } from '../instants.js';
import { newDelivery, prepare, publish, readDelivery } from '../publishing.js';

const allPages = { limit: 250, order: 'ascending' } as const;

async function append(tenant: Tenant, entry: AppendEntry, now = baseAt): Promise<AppendResult> {
  return present((await tenant.world.storage.appendMessages({ entries: [entry], now }))[0], 'the result');
}

async function countStored({ world, environmentId, applicationId }: Tenant) {
  const params = { environmentId, filter: {}, page: allPages };
  const messages = await world.storage.listMessages({ ...params, applicationId, withPayload: false });
  const deliveries = await world.storage.listDeliveries(params);
  return { messages: messages.items.length, deliveries: deliveries.items.length };
}

const guard = { key: 'order-1', bodyHash: 'h1', expiresAt: at(3600) };

/** Appending: idempotency keys and event ids, losers that leave nothing, races, replays. */
export const appendGroup: ConformanceGroup = {
  name: 'idempotent append',
  storage: 'shared',
  cases: [
    {
      name: 'a message is stored with every member, and its deliveries pending',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const endpointIds = await storeEndpoints(tenant, 2);
        const full = { eventId: 'event-1', channels: ['a', 'b'], tags: ['t'], orderingKey: 'k', deliverAt: at(60) };
        for (const message of [full, {}]) {
          const published = await publish(tenant, { endpointIds, dueAt: at(60), message });
          const { id } = published.message;
          const byId = { environmentId, applicationId, message: { id } };
          assertSame(await world.storage.getMessage(byId), published.message);
          for (const [index, delivery] of published.deliveries.entries()) {
            assertSame(await readDelivery(tenant, delivery.id), {
              ...{ id: delivery.id, environmentId, applicationId, messageId: id, endpointId: endpointIds[index] },
              ...{ trigger: 'scheduled', status: 'pending', dueAt: at(60), attemptCount: 0, leaseToken: 0 },
              eventType: published.message.eventType,
              createdAt: baseAt,
            });
          }
        }
      },
    },
    {
      name: 'a delivery that comes with a lease is born in flight under token 1',
      run: async (world) => {
        const tenant = await createTenant(world);
        const lease = { workerId: 'worker-7', leaseUntil: at(60) };
        const { deliveries } = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1), lease });
        const stored = await readDelivery(tenant, present(deliveries[0], 'delivery').id);
        const { status, leaseToken, leaseUntil, workerId, attemptCount } = stored;
        assertSame(
          { status, leaseToken, leaseUntil, workerId, attemptCount },
          { status: 'in_flight', leaseToken: 1, attemptCount: 0, ...lease },
        );
      },
    },
    {
      name: 'a message is found by its event id within its application; a missing one is undefined',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const { message } = await publish(tenant, { endpointIds: [], message: { eventId: 'event-1' } });
        const sibling = await storeApplication(world, { environmentId });
        const find = (application: string, ref: { id: string } | { uid: string }) =>
          world.storage.getMessage({ environmentId, applicationId: application, message: ref });
        assertSame(await find(applicationId, { uid: 'event-1' }), message);
        assert.equal(await find(applicationId, { uid: 'event-2' }), undefined);
        assert.equal(await find(applicationId, { id: world.id('msg_') }), undefined);
        assert.equal(await find(sibling.id, { uid: 'event-1' }), undefined);
        assert.equal(await find(sibling.id, { id: message.id }), undefined);
      },
    },
    {
      name: 'an empty batch is answered with an empty list',
      run: async ({ storage }) => assert.deepEqual(await storage.appendMessages({ entries: [], now: baseAt }), []),
    },
    {
      name: 'the same key and body is replayed with the message it made, and leaves nothing behind',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 2);
        const first = prepare(tenant, { endpointIds, message: { payload: '{"first":true}' } });
        assertSame(await append(tenant, { ...first, idempotency: guard }), { outcome: 'appended' });
        const again = { ...prepare(tenant, { endpointIds }), idempotency: guard };
        assertSame(await append(tenant, again), { outcome: 'replayed', message: first.message });
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 2 });
      },
    },
    {
      name: 'the same key with another body is idempotency_mismatch, and leaves nothing behind',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        await append(tenant, { ...prepare(tenant, { endpointIds }), idempotency: guard });
        const other = { ...prepare(tenant, { endpointIds }), idempotency: { ...guard, bodyHash: 'h2' } };
        assertSame(await append(tenant, other), { outcome: 'idempotency_mismatch' });
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 1 });
      },
    },
    {
      name: 'a key lives until it expires, then it counts as absent and guards the next message',
      run: async (world) => {
        const tenant = await createTenant(world);
        const attempt = (bodyHash: string, now: number) => {
          const idempotency = { key: 'expiring', bodyHash, expiresAt: at(now + 100) };
          return append(tenant, { ...prepare(tenant, { endpointIds: [] }), idempotency }, at(now));
        };
        assert.equal((await attempt('h1', 0)).outcome, 'appended');
        assert.equal((await attempt('h1', 99)).outcome, 'replayed');
        assert.equal((await attempt('h2', 101)).outcome, 'appended');
        assert.equal((await attempt('h1', 102)).outcome, 'idempotency_mismatch');
        assert.equal((await attempt('h2', 200)).outcome, 'replayed');
        assert.deepEqual(await countStored(tenant), { messages: 2, deliveries: 0 });
      },
    },
    {
      name: 'keys are unique in an environment, over its applications, and free in another environment',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        const elsewhere = await createTenant(world);
        const outcomes = [];
        for (const each of [tenant, sibling, elsewhere]) {
          outcomes.push((await append(each, { ...prepare(each, { endpointIds: [] }), idempotency: guard })).outcome);
        }
        assert.deepEqual(outcomes, ['appended', 'replayed', 'appended']);
      },
    },
    {
      name: 'a taken event id is event_id_taken with the message that has it, and leaves nothing behind, not even its key',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        const first = await publish(tenant, { endpointIds, message: { eventId: 'event-1' } });
        const second = prepare(tenant, { endpointIds, message: { eventId: 'event-1' } });
        const result = await append(tenant, { ...second, idempotency: guard });
        assertSame(result, { outcome: 'event_id_taken', messageId: first.message.id });
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 1 });
        const unrelated = { ...prepare(tenant, { endpointIds: [] }), idempotency: { ...guard, bodyHash: 'h9' } };
        assertSame(await append(tenant, unrelated), { outcome: 'appended' });
      },
    },
    {
      name: 'an event id is unique in an application, and free in another',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        const message = { eventId: 'event-1' };
        assertSame(await append(tenant, prepare(tenant, { endpointIds: [], message })), { outcome: 'appended' });
        assertSame(await append(sibling, prepare(sibling, { endpointIds: [], message })), { outcome: 'appended' });
      },
    },
    {
      name: 'the key is looked at before the event id',
      run: async (world) => {
        const tenant = await createTenant(world);
        const message = { eventId: 'event-1' };
        const first = prepare(tenant, { endpointIds: [], message });
        await append(tenant, { ...first, idempotency: guard });
        const again = { ...prepare(tenant, { endpointIds: [], message }), idempotency: guard };
        assertSame(await append(tenant, again), { outcome: 'replayed', message: first.message });
        const other = { ...again, idempotency: { ...guard, bodyHash: 'h2' } };
        assertSame(await append(tenant, other), { outcome: 'idempotency_mismatch' });
      },
    },
    {
      name: 'results stand in the order of the entries, and a loser does not disturb the others',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 2);
        const taken = await publish(tenant, { endpointIds: [], message: { eventId: 'taken' } });
        const keyed = prepare(tenant, { endpointIds: [] });
        await append(tenant, { ...keyed, idempotency: guard });
        const winners = [1, 2, 3].map(() => prepare(tenant, { endpointIds }));
        const [first, second, third] = winners as [AppendEntry, AppendEntry, AppendEntry];
        const losers = [
          { ...prepare(tenant, { endpointIds }), idempotency: guard },
          prepare(tenant, { endpointIds, message: { eventId: 'taken' } }),
          { ...prepare(tenant, { endpointIds }), idempotency: { ...guard, bodyHash: 'other' } },
        ] as const;
        const entries = [losers[0], first, losers[1], second, losers[2], third];
        const results = await world.storage.appendMessages({ entries, now: baseAt });
        assertSame(results, [
          { outcome: 'replayed', message: keyed.message },
          { outcome: 'appended' },
          { outcome: 'event_id_taken', messageId: taken.message.id },
          { outcome: 'appended' },
          { outcome: 'idempotency_mismatch' },
          { outcome: 'appended' },
        ]);
        assert.deepEqual(await countStored(tenant), { messages: 5, deliveries: 6 });
      },
    },
    {
      name: 'of 50 parallel appends under one key one makes the message, and all others answer it',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 1);
        const entries = Array.from({ length: 50 }, () => ({ ...prepare(tenant, { endpointIds }), idempotency: guard }));
        const results = await Promise.all(entries.map((entry) => append(tenant, entry)));
        const winner = results.findIndex(({ outcome }) => outcome === 'appended');
        const message = present(entries[winner], 'a winner').message;
        for (const [index, result] of results.entries()) {
          assertSame(result, index === winner ? { outcome: 'appended' } : { outcome: 'replayed', message });
        }
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 1 });
      },
    },
    {
      name: 'of 20 parallel appends of one event id one makes the message, and all others name it',
      run: async (world) => {
        const tenant = await createTenant(world);
        const message = { eventId: 'race' };
        const entries = Array.from({ length: 20 }, () => prepare(tenant, { endpointIds: [], message }));
        const results = await Promise.all(entries.map((entry) => append(tenant, entry)));
        const winner = results.findIndex(({ outcome }) => outcome === 'appended');
        const messageId = present(entries[winner], 'a winner').message.id;
        for (const [index, result] of results.entries()) {
          assertSame(result, index === winner ? { outcome: 'appended' } : { outcome: 'event_id_taken', messageId });
        }
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 0 });
      },
    },
    {
      name: 'parallel batches with crossing keys all finish, each key with one message',
      run: async (world) => {
        const tenant = await createTenant(world);
        const keys = ['k1', 'k2', 'k3', 'k4'];
        const batch = (order: readonly string[]) => ({
          entries: order.map((key) => ({ ...prepare(tenant, { endpointIds: [] }), idempotency: { ...guard, key } })),
          now: baseAt,
        });
        const batches = Array.from({ length: 12 }, (_, index) => batch(index % 2 ? keys : [...keys].reverse()));
        const results = await Promise.all(batches.map((each) => world.storage.appendMessages(each)));
        const appended = results.flat().filter(({ outcome }) => outcome === 'appended');
        assert.equal(appended.length, keys.length);
        assert.equal((await countStored(tenant)).messages, keys.length);
      },
    },
    {
      name: 'a replay adds another delivery to a stored message, each time',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const [endpointId] = await storeEndpoints(tenant, 1);
        const { message } = await publish(tenant, { endpointIds: [] });
        for (const lease of [undefined, { workerId: 'worker-1', leaseUntil: at(60) }]) {
          const given = {
            endpointId: present(endpointId, 'endpoint'),
            trigger: 'manual',
            dueAt: at(5),
            lease,
          } as const;
          const delivery = newDelivery(tenant, given);
          const params = { environmentId, applicationId, messageId: message.id, delivery, now: at(5) };
          const expected = {
            ...{ id: delivery.id, environmentId, applicationId, messageId: message.id, endpointId },
            eventType: message.eventType,
            ...{ trigger: 'manual', dueAt: at(5), attemptCount: 0, createdAt: at(5), ...lease },
            ...{ status: lease ? 'in_flight' : 'pending', leaseToken: lease ? 1 : 0 },
          };
          const result = await world.storage.appendDelivery(params);
          assertSame(result, { outcome: 'appended', delivery: expected });
          assertSame(await readDelivery(tenant, delivery.id), expected);
        }
        assert.deepEqual(await countStored(tenant), { messages: 1, deliveries: 2 });
      },
    },
    {
      name: 'a replay of a missing message is message_missing, and leaves nothing behind',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const delivery = newDelivery(tenant, { endpointId: world.id('ep_'), trigger: 'manual' });
        const params = { environmentId, applicationId, messageId: world.id('msg_'), delivery, now: baseAt };
        assertSame(await world.storage.appendDelivery(params), { outcome: 'message_missing' });
        assert.equal(await world.storage.getDelivery({ environmentId, deliveryId: delivery.id }), undefined);
      },
    },
  ],
};
