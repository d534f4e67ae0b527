import assert from 'node:assert/strict';
import { expungedPayload } from '../../../domain/message.js';
import { assertSame, assertSameMembers, idsOf, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoints, storeEnvironment } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, deliver, newAttempt, newDelivery, outcomeOf, publish } from '../publishing.js';

const page = { limit: 50, order: 'ascending' } as const;

/** Forgetting contents, finding many messages at once, newest deliveries, dead letters, readers. */
export const expungingGroup: ConformanceGroup = {
  name: 'contents, newest deliveries and readers',
  storage: 'fresh',
  cases: [
    {
      name: 'many messages are found at once, with or without payload, in their own application only',
      run: async (world) => {
        const tenant = await createTenant(world);
        const other = await createTenant(world);
        const mine = [await publish(tenant, { endpointIds: [] }), await publish(tenant, { endpointIds: [] })];
        const foreign = await publish(other, { endpointIds: [] });
        const messageIds = [...mine, foreign].map(({ message }) => message.id);
        const { environmentId, applicationId } = tenant;
        const find = (withPayload: boolean) =>
          world.storage.findMessages({ environmentId, applicationId, messageIds, withPayload });
        assertSameMembers(idsOf(await find(true)), idsOf(mine.map(({ message }) => message)));
        assertSame((await find(true))[0]?.payload, mine[0]?.message.payload);
        assertSame(
          (await find(false)).map(({ payload }) => payload),
          ['', ''],
        );
        const strange = { environmentId: other.environmentId, applicationId, messageIds, withPayload: true };
        assertSame(await world.storage.findMessages(strange), []);
      },
    },
    {
      name: 'expunging forgets the payload, only for the owner, and leaves deliveries alone',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const { message } = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
        const messageIds = [message.id, world.id('msg_')];
        const expunge = (environment: string) =>
          world.storage.expungeMessages({ environmentId: environment, applicationId, messageIds });
        const read = () => world.storage.getMessage({ environmentId, applicationId, message: { id: message.id } });
        assertSame(await expunge(await storeEnvironment(world)), []);
        assert.equal((await read())?.payload, message.payload);
        assertSame(await expunge(environmentId), [message.id]);
        assertSame(await expunge(environmentId), [message.id]);
        assert.equal((await read())?.payload, expungedPayload);
        const claimed = await claim(tenant, { now: at(1) });
        assertSame(
          claimed.map((each) => each.message.payload),
          [expungedPayload],
        );
      },
    },
    {
      name: 'expunging an attempt forgets its response and nothing else',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
        await deliver(tenant, await claim(tenant, { now: at(1) }), at(1));
        const list = { environmentId, applicationId, filter: {}, page };
        const before = present((await world.storage.listAttempts(list)).items[0], 'the attempt');
        const where = { applicationId, messageId: before.messageId, attemptId: before.id };
        const otherId = await storeEnvironment(world);
        assert.equal(await world.storage.expungeAttempt({ environmentId: otherId, ...where }), false);
        assert.equal(await world.storage.expungeAttempt({ environmentId, ...where }), true);
        assertSame((await world.storage.listAttempts(list)).items, [{ ...before, responseBody: '' }]);
      },
    },
    {
      name: 'newestOnly leaves out what a replay took over from; dead letters are counted by reason and endpoint',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const [first = '', second = ''] = await storeEndpoints(tenant, 2);
        const { message } = await publish(tenant, { endpointIds: [first, second] });
        const claimed = await claim(tenant, { now: at(1) });
        const outcomes = claimed.map((each) =>
          outcomeOf(
            each,
            { status: 'dead_letter', reason: each.delivery.endpointId === first ? 'exhausted' : 'internal' },
            newAttempt(tenant, each, { outcome: 'failed', responseStatusCode: 0, errorKind: 'timeout' }),
          ),
        );
        await world.storage.recordOutcomes({ outcomes, recordedAt: at(1) });
        const delivery = newDelivery(tenant, { endpointId: first, dueAt: at(50), trigger: 'manual' });
        await world.storage.appendDelivery({
          environmentId,
          applicationId,
          messageId: message.id,
          delivery,
          now: at(2),
        });
        const list = async (filter: Parameters<typeof world.storage.listDeliveries>[0]['filter']) =>
          (await world.storage.listDeliveries({ environmentId, filter, page })).items;
        assert.equal((await list({})).length, 3);
        const newest = await list({ newestOnly: true });
        assertSameMembers(
          newest.map(({ endpointId, status }) => `${endpointId} ${status}`),
          [`${first} pending`, `${second} dead_letter`],
        );
        assert.equal((await list({ newestOnly: true, endpointId: first, statuses: ['dead_letter'] })).length, 0);
        assert.equal((await list({ endpointId: first, statuses: ['dead_letter'] })).length, 1);
        const groups = await world.storage.countDeadLetters({ environmentId, filter: {} });
        assertSameMembers(
          groups.map(
            ({ reason, endpointId, count, oldestId, newestId }) =>
              `${reason} ${endpointId} ${count} ${String(oldestId === newestId)}`,
          ),
          [`exhausted ${first} 1 true`, `internal ${second} 1 true`],
        );
        assert.equal(
          (await world.storage.countDeadLetters({ environmentId, filter: { endpointId: second } })).length,
          1,
        );
        assertSame(await world.storage.countDeadLetters({ environmentId: world.id('env_'), filter: {} }), []);
        const withKind = { environmentId, applicationId, filter: { errorKind: 'timeout' as const }, page };
        assert.equal((await world.storage.listAttempts(withKind)).items.length, 2);
        const otherKind = { ...withKind, filter: { errorKind: 'tls_error' as const } };
        assert.equal((await world.storage.listAttempts(otherKind)).items.length, 0);
      },
    },
    {
      name: 'the position of a reader is its own, the last one stored, and goes with the application',
      run: async (world) => {
        const { environmentId, applicationId } = await createTenant(world);
        const { storage } = world;
        const consumer = { environmentId, applicationId, sinkId: 's', consumerId: 'c' };
        const get = (given = consumer) => storage.getConsumerPosition({ consumer: given });
        const set = (position: string, given = consumer) =>
          storage.setConsumerPosition({ consumer: given, position, updatedAt: at(1) });
        assert.equal(await get(), undefined);
        assertSame(await set('one'), { outcome: 'stored' });
        assertSame(await set('two'), { outcome: 'stored' });
        assertSame(await set('other', { ...consumer, consumerId: 'd' }), { outcome: 'stored' });
        assert.equal(await get(), 'two');
        const foreign = { ...consumer, environmentId: await storeEnvironment(world) };
        assertSame(await set('stolen', foreign), { outcome: 'parent_missing' });
        assert.equal(await get(foreign), undefined);
        assert.equal(await get(), 'two');
        await storage.deleteApplication({ environmentId, applicationId, deletedAt: at(2) });
        assertSame(await set('late'), { outcome: 'parent_missing' });
        assert.equal(await get(), undefined);
      },
    },
  ],
};
