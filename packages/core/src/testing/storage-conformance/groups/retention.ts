import assert from 'node:assert/strict';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoints, type Tenant } from '../fixtures.js';
import { at, atDay } from '../instants.js';
import {
  claim,
  claimOne,
  deliver,
  newAttempt,
  newDelivery,
  outcomeOf,
  prepare,
  publish,
  readDelivery,
} from '../publishing.js';
import { newTask } from '../tasks.js';

/** Adapters may keep longer in units of their partitions: what goes and what stays is a year apart. */
const retention = { messagesBefore: atDay(180), rollupsBefore: atDay(180), now: atDay(365) };
const nothing = { messages: 0, rollups: 0, idempotencyKeys: 0 };
const page = { limit: 250, order: 'ascending' } as const;

const hasMessage = async ({ world, environmentId, applicationId }: Tenant, id: string) =>
  (await world.storage.getMessage({ environmentId, applicationId, message: { id } })) !== undefined;

/** A message at the instant whose one delivery was delivered a second later. */
async function storeDelivered(tenant: Tenant, createdAt: Date) {
  const endpointIds = await storeEndpoints(tenant, 1);
  const published = await publish(tenant, {
    endpointIds,
    createdAt,
    message: { eventId: `at-${createdAt.getTime()}` },
  });
  const recordedAt = new Date(createdAt.getTime() + 1000);
  await deliver(tenant, await claim(tenant, { now: createdAt }), recordedAt);
  return { ...published, deliveryId: present(published.deliveries[0], 'delivery').id };
}

/** Retention: what goes, what is kept because it is recent or unfinished. */
export const retentionGroup: ConformanceGroup = {
  name: 'retention',
  storage: 'fresh',
  cases: [
    {
      name: 'old messages go with their deliveries and attempts, and recent ones stay with theirs',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const old = await storeDelivered(tenant, atDay(0));
        const recent = await storeDelivered(tenant, atDay(364));

        const removed = await world.storage.applyRetention(retention);
        assert.ok(removed.messages > 0, 'tells that messages were removed');

        assert.equal(await hasMessage(tenant, old.message.id), false);
        assert.equal(await world.storage.getDelivery({ environmentId, deliveryId: old.deliveryId }), undefined);
        const where = { environmentId, applicationId, page };
        const messages = await world.storage.listMessages({ ...where, filter: {}, withPayload: true });
        assertSame(messages.items, [recent.message]);
        const deliveries = await world.storage.listDeliveries({ environmentId, filter: {}, page });
        assert.deepEqual(
          deliveries.items.map(({ id }) => id),
          [recent.deliveryId],
        );
        const attempts = await world.storage.listAttempts({ ...where, filter: {} });
        assert.deepEqual(
          attempts.items.map(({ messageId }) => messageId),
          [recent.message.id],
        );
        const counts = await world.storage.countDeliveries({ environmentId, filter: {} });
        assert.equal(counts.delivered, 1);
      },
    },
    {
      name: 'a removed message frees its event id',
      run: async (world) => {
        const tenant = await createTenant(world);
        const old = await storeDelivered(tenant, atDay(0));
        await world.storage.applyRetention(retention);
        const message = { eventId: present(old.message.eventId, 'event id') };
        await publish(tenant, { endpointIds: [], createdAt: atDay(365), message });
      },
    },
    {
      name: 'a message without deliveries goes too',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { message } = await publish(tenant, { endpointIds: [], createdAt: atDay(0) });
        await world.storage.applyRetention(retention);
        assert.equal(await hasMessage(tenant, message.id), false);
      },
    },
    {
      name: 'a message with an unfinished delivery is kept whole, and can still be delivered',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpointIds = await storeEndpoints(tenant, 3);
        const { message, deliveries } = await publish(tenant, { endpointIds, createdAt: atDay(0) });
        const [done, held, failed] = await claim(tenant, { now: atDay(0), leaseUntil: atDay(400) });
        await deliver(tenant, [present(done, 'delivery')], at(1));
        const retried = present(failed, 'delivery');
        const attempt = newAttempt(tenant, retried, { outcome: 'failed', responseStatusCode: 500 });
        const outcomes = [outcomeOf(retried, { status: 'pending', dueAt: atDay(300) }, attempt)];
        await world.storage.recordOutcomes({ outcomes, recordedAt: at(1) });

        assertSame({ ...(await world.storage.applyRetention(retention)), rollups: 0 }, nothing);

        assert.equal(await hasMessage(tenant, message.id), true);
        for (const { id } of deliveries) await readDelivery(tenant, id);
        const claimed = await claimOne(tenant, { now: atDay(366) });
        assertSame(claimed.message, message);
        await deliver(tenant, [claimed, present(held, 'delivery')], atDay(366));
        const later = { ...retention, messagesBefore: atDay(367), now: atDay(800) };
        assert.ok((await world.storage.applyRetention(later)).messages > 0);
        assert.equal(await hasMessage(tenant, message.id), false);
      },
    },
    {
      name: 'a replay keeps an old message until it ends',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const old = await storeDelivered(tenant, atDay(0));
        const endpointId = present(old.deliveries[0], 'delivery').endpointId;
        const dueAt = atDay(364);
        const delivery = newDelivery(tenant, { endpointId, trigger: 'manual', dueAt });
        const replay = { environmentId, applicationId, messageId: old.message.id, delivery, now: dueAt };
        assert.equal((await world.storage.appendDelivery(replay)).outcome, 'appended');
        assert.equal((await world.storage.applyRetention(retention)).messages, 0);
        const claimed = await claimOne(tenant, { now: dueAt });
        assertSame(claimed.message, old.message);
        await deliver(tenant, [claimed], dueAt);
      },
    },
    {
      name: 'rollups of old buckets go, later ones stay',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        await storeDelivered(tenant, atDay(0));
        await storeDelivered(tenant, atDay(364));
        const removed = await world.storage.applyRetention(retention);
        assert.ok(removed.rollups > 0, 'tells that rollups were removed');
        const rollups = await world.storage.readRollups({ environmentId, from: atDay(-1), to: atDay(400) });
        assert.deepEqual(
          rollups.map(({ bucketAt }) => bucketAt),
          [atDay(364)],
        );
      },
    },
    {
      name: 'idempotency records go when they expired before now, and living ones still guard',
      run: async (world) => {
        const tenant = await createTenant(world);
        const append = async (key: string, expiresAt: Date) => {
          const entries = [
            {
              ...prepare(tenant, { endpointIds: [], createdAt: atDay(364) }),
              idempotency: { key, bodyHash: 'h', expiresAt },
            },
          ];
          return (await world.storage.appendMessages({ entries, now: atDay(364) }))[0]?.outcome;
        };
        assert.equal(await append('expired', atDay(364.5)), 'appended');
        assert.equal(await append('living', atDay(366)), 'appended');
        assertSame(await world.storage.applyRetention(retention), { ...nothing, idempotencyKeys: 1 });
        assert.equal(await append('living', atDay(366)), 'replayed');
      },
    },
    {
      name: 'tasks that ended before tasksBefore go when that is given; unfinished ones stay however old they are',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const ids = ['old', 'recent', 'waiting'].map(() => world.id('qtask_'));
        for (const id of ids) await world.storage.createTask({ task: newTask(tenant, { id }) });
        const [old = '', recent = '', waiting = ''] = ids;
        const end = (taskId: string, now: Date) =>
          world.storage.controlTask({ environmentId, taskId, control: 'cancel', now });
        await end(old, atDay(1));
        await end(recent, atDay(300));
        const stored = async () => {
          const found = await Promise.all(ids.map((taskId) => world.storage.getTask({ environmentId, taskId })));
          return found.map((task) => task?.id);
        };
        await world.storage.applyRetention(retention);
        assert.deepEqual(await stored(), ids);
        await world.storage.applyRetention({ ...retention, tasksBefore: atDay(200) });
        assert.deepEqual(await stored(), [undefined, recent, waiting]);
        await end(waiting, atDay(300));
      },
    },
    {
      name: 'applying it again removes nothing more, and several may apply it at once',
      run: async (world) => {
        const tenant = await createTenant(world);
        const old = await storeDelivered(tenant, atDay(0));
        const recent = await storeDelivered(tenant, atDay(364));
        await Promise.all(Array.from({ length: 4 }, () => world.storage.applyRetention(retention)));
        assertSame(await world.storage.applyRetention(retention), nothing);
        assert.equal(await hasMessage(tenant, old.message.id), false);
        assert.equal(await hasMessage(tenant, recent.message.id), true);
      },
    },
  ],
};
