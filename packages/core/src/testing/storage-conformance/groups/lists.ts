import assert from 'node:assert/strict';
import type { Attempt } from '../../../domain/attempt.js';
import type { Message } from '../../../domain/message.js';
import type { DeliveryOrdering } from '../../../domain/ordering.js';
import type { AttemptFilter } from '../../../ports/attempt-store.js';
import type { DeliveryFilter } from '../../../ports/delivery-store.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeApplication, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claim, claimOne, newAttempt, newDelivery, outcomeOf, publish, readDelivery } from '../publishing.js';
import type { StorageWorld } from '../storage-world.js';

const firstPage = { limit: 250, order: 'ascending' } as const;

/** Three messages at 10, 20 and 30 s that differ in type, channels and tags. */
async function storeMessages(world: StorageWorld) {
  const tenant = await createTenant(world);
  const { environmentId, applicationId } = tenant;
  const given: readonly Partial<Message>[] = [
    { eventType: 'a', channels: ['red', 'blue'], tags: ['x'], orderingKey: 'k' },
    { eventType: 'b', channels: ['blue'] },
    { eventType: 'c', tags: ['x', 'y'] },
  ];
  const names = new Map<string, string>();
  for (const [index, message] of given.entries()) {
    const published = await publish(tenant, { endpointIds: [], createdAt: at(10 * (index + 1)), message });
    names.set(published.message.id, present(message.eventType, 'type'));
  }
  return async (filter: Parameters<StorageWorld['storage']['listMessages']>[0]['filter']) => {
    const params = { environmentId, applicationId, filter, withPayload: false, page: firstPage };
    const { items } = await world.storage.listMessages(params);
    return items.map(({ id }) => names.get(id)).join('');
  };
}

/**
 * Two messages, `a` at 10 s and `b` at 20 s, each to two endpoints: the deliveries `a1`, `a2`, `b1`, `b2`. `a1` was
 * delivered (200) at 31 s, `a2` is dead (404) since 32 s, `b1` waits for a retry after a timeout at 33 s, `b2` is
 * leased and then reaped at 90 s.
 */
async function storeDeliveries(world: StorageWorld) {
  const tenant = await createTenant(world);
  const endpointIds = await storeEndpoints(tenant, 2);
  const a = await publish(tenant, { endpointIds, createdAt: at(10), message: { eventType: 'a' } });
  const b = await publish(tenant, { endpointIds, createdAt: at(20), message: { eventType: 'b' } });
  const names = new Map<string, string>();
  for (const [letter, { deliveries }] of [
    ['a', a],
    ['b', b],
  ] as const) {
    for (const [index, { id }] of deliveries.entries()) names.set(id, `${letter}${index + 1}`);
  }
  const claimed = await claim(tenant, { now: at(30), leaseUntil: at(80) });
  const endings = {
    a1: { next: { status: 'delivered' }, given: { startedAt: at(31) } },
    a2: {
      next: { status: 'dead_letter', reason: 'exhausted' },
      given: { startedAt: at(32), outcome: 'failed', responseStatusCode: 404 },
    },
    b1: {
      next: { status: 'pending', dueAt: at(9000) },
      given: { startedAt: at(33), outcome: 'failed', responseStatusCode: 0, errorKind: 'timeout' },
    },
  } as const;
  const outcomes = claimed.flatMap((each) => {
    const ending = endings[names.get(each.delivery.id) as keyof typeof endings];
    return ending === undefined ? [] : [outcomeOf(each, ending.next, newAttempt(tenant, each, ending.given))];
  });
  await world.storage.recordOutcomes({ outcomes, recordedAt: at(40) });
  return { tenant, names, a, b, endpointIds };
}

async function reapTheRest(tenant: Tenant) {
  const nextAttemptId = () => tenant.world.id('atmpt_', at(90));
  await tenant.world.storage.reapExpired({ now: at(90), limit: 100, nextAttemptId });
}

/** Filters of lists and counts, and the measure of the queue. */
export const listsGroup: ConformanceGroup = {
  name: 'lists and filters',
  storage: 'fresh',
  cases: [
    {
      name: 'messages are filtered by type, channel, tag and time (bounds exclusive); every given part must match',
      run: async (world) => {
        const list = await storeMessages(world);
        assert.equal(await list({}), 'abc');
        assert.equal(await list({ eventTypes: ['a', 'c', 'missing'] }), 'ac');
        assert.equal(await list({ eventTypes: [] }), '');
        assert.equal(await list({ channel: 'blue' }), 'ab');
        assert.equal(await list({ channel: 'red' }), 'a');
        assert.equal(await list({ channel: 're' }), '');
        assert.equal(await list({ tag: 'x' }), 'ac');
        assert.equal(await list({ tag: 'y' }), 'c');
        assert.equal(await list({ after: at(10) }), 'bc');
        assert.equal(await list({ after: at(9.999) }), 'abc');
        assert.equal(await list({ before: at(30) }), 'ab');
        assert.equal(await list({ before: at(30.001) }), 'abc');
        assert.equal(await list({ after: at(10), before: at(30) }), 'b');
        assert.equal(await list({ channel: 'blue', tag: 'x', eventTypes: ['a', 'b'] }), 'a');
      },
    },
    {
      name: 'a filter applies before the page is cut',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const wanted: string[] = [];
        for (let index = 0; index < 9; index += 1) {
          const eventType = index % 3 === 2 ? 'wanted' : 'other';
          const { message } = await publish(tenant, { endpointIds: [], createdAt: at(index), message: { eventType } });
          if (eventType === 'wanted') wanted.push(message.id);
        }
        const where = { environmentId, applicationId, filter: { eventTypes: ['wanted'] }, withPayload: false };
        for (const [limit, hasMore] of [
          [2, true],
          [3, false],
        ] as const) {
          const page = { limit, order: 'ascending' } as const;
          const found = await world.storage.listMessages({ ...where, page });
          assert.deepEqual(
            found.items.map(({ id }) => id),
            wanted.slice(0, limit),
          );
          assert.equal(found.hasMore, hasMore);
        }
      },
    },
    {
      name: 'deliveries are filtered by application, message, endpoint, status and time of the message',
      run: async (world) => {
        const { tenant, names, a, endpointIds } = await storeDeliveries(world);
        const { environmentId, applicationId } = tenant;
        const other = await storeApplication(world, { environmentId });
        const list = async (filter: DeliveryFilter) => {
          const { items } = await world.storage.listDeliveries({ environmentId, filter, page: firstPage });
          return items.map(({ id }) => names.get(id)).join(' ');
        };
        assert.equal(await list({}), 'a1 a2 b1 b2');
        assert.equal(await list({ applicationId }), 'a1 a2 b1 b2');
        assert.equal(await list({ applicationId: other.id }), '');
        assert.equal(await list({ messageId: a.message.id }), 'a1 a2');
        assert.equal(await list({ endpointId: present(endpointIds[1], 'endpoint') }), 'a2 b2');
        assert.equal(await list({ statuses: ['delivered', 'dead_letter'] }), 'a1 a2');
        assert.equal(await list({ statuses: ['in_flight'] }), 'b2');
        assert.equal(await list({ statuses: [] }), '');
        assert.equal(await list({ after: at(10) }), 'b1 b2');
        assert.equal(await list({ before: at(20) }), 'a1 a2');
        assert.equal(await list({ after: at(10), before: at(20) }), '');
        assert.equal(await list({ messageId: a.message.id, statuses: ['delivered', 'pending'] }), 'a1');
      },
    },
    {
      name: 'deliveries are filtered by event type, reason, and what the last attempt came to; an unknown one is none',
      run: async (world) => {
        const { tenant, names, endpointIds } = await storeDeliveries(world);
        const { environmentId } = tenant;
        const list = async (filter: DeliveryFilter) => {
          const { items } = await world.storage.listDeliveries({ environmentId, filter, page: firstPage });
          return items.map(({ id }) => names.get(id)).join(' ');
        };
        await reapTheRest(tenant);
        assert.equal(await list({ eventTypes: ['b', 'missing'] }), 'b1 b2');
        assert.equal(await list({ eventTypes: [] }), '');
        assert.equal(await list({ statusCodeClass: 2 }), 'a1');
        assert.equal(await list({ statusCodeClass: 4 }), 'a2');
        assert.equal(await list({ statusCodeClass: 0 }), 'b1');
        assert.equal(await list({ statusCodeClass: 5 }), '');
        assert.equal(await list({ errorKind: 'timeout' }), 'b1');
        assert.equal(await list({ errorKind: 'tls_error' }), '');
        assert.equal(await list({ reason: 'exhausted' }), 'a2');
        assert.equal(await list({ reason: 'requested' }), '');
        assert.equal(await list({ statuses: ['dead_letter', 'pending'], statusCodeClass: 4, eventTypes: ['a'] }), 'a2');
        assert.equal(await list({ endpointId: present(endpointIds[0], 'endpoint'), statusCodeClass: 4 }), '');
        assert.equal(await list({ errorKind: 'timeout', statusCodeClass: 0, after: at(10), before: at(21) }), 'b1');
        const counts = await world.storage.countDeliveries({ environmentId, filter: { statusCodeClass: 4 } });
        assertSame(counts, { pending: 0, in_flight: 0, delivered: 0, dead_letter: 1, cancelled: 0 });
      },
    },
    {
      name: 'a delivery tells of its last attempt alone, and of a replay nothing before its own',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const { message } = await publish(tenant, { endpointIds: await storeEndpoints(tenant, 1) });
        const outcomes: [Partial<Attempt>, number][] = [
          [{ responseStatusCode: 0, errorKind: 'timeout' }, 1],
          [{ responseStatusCode: 503 }, 10],
        ];
        for (const [given, seconds] of outcomes) {
          const claimed = await claimOne(tenant, { now: at(seconds) });
          const attempt = newAttempt(tenant, claimed, { outcome: 'failed', startedAt: at(seconds), ...given });
          const next = { status: 'pending', dueAt: at(10) } as const;
          await world.storage.recordOutcomes({
            outcomes: [outcomeOf(claimed, next, attempt)],
            recordedAt: at(seconds),
          });
          const { lastStatusCode, lastErrorKind } = await readDelivery(tenant, claimed.delivery.id);
          assertSame(
            { lastStatusCode, lastErrorKind },
            {
              lastStatusCode: given.responseStatusCode,
              lastErrorKind: given.errorKind,
            },
          );
        }
        const postponed = await claimOne(tenant, { now: at(20) });
        assert.equal(postponed.delivery.lastStatusCode, 503);
        await world.storage.recordOutcomes({
          outcomes: [outcomeOf(postponed, { status: 'dead_letter', reason: 'endpoint_disabled' })],
          recordedAt: at(20),
        });
        assert.equal((await readDelivery(tenant, postponed.delivery.id)).lastStatusCode, 503);
        const replay = newDelivery(tenant, { endpointId: postponed.delivery.endpointId, trigger: 'manual' });
        await world.storage.appendDelivery({
          ...{ environmentId, applicationId, messageId: message.id, delivery: replay, now: at(30) },
        });
        const { eventType, lastStatusCode } = await readDelivery(tenant, replay.id);
        assertSame({ eventType, lastStatusCode }, { eventType: message.eventType });
      },
    },
    {
      name: 'deliveries are counted by state under every filter, zero where there are none',
      run: async (world) => {
        const { tenant, a, endpointIds } = await storeDeliveries(world);
        const { environmentId, applicationId } = tenant;
        const zero = { pending: 0, in_flight: 0, delivered: 0, dead_letter: 0, cancelled: 0 };
        const count = (filter: DeliveryFilter) => world.storage.countDeliveries({ environmentId, filter });
        const all = { ...zero, pending: 1, in_flight: 1, delivered: 1, dead_letter: 1 };
        assertSame(await count({}), all);
        assertSame(await count({ applicationId }), all);
        assertSame(await count({ applicationId: world.id('app_') }), zero);
        assertSame(await count({ messageId: a.message.id }), { ...zero, delivered: 1, dead_letter: 1 });
        const endpointId = present(endpointIds[0], 'endpoint');
        assertSame(await count({ endpointId }), { ...zero, delivered: 1, pending: 1 });
        assertSame(await count({ statuses: ['pending', 'cancelled'] }), { ...zero, pending: 1 });
        assertSame(await count({ after: at(10) }), { ...zero, pending: 1, in_flight: 1 });
        assertSame(await count({ before: at(20) }), { ...zero, delivered: 1, dead_letter: 1 });
      },
    },
    {
      name: 'attempts are filtered by message, endpoint, delivery, outcome, status class, type and time',
      run: async (world) => {
        const { tenant, names, a, b, endpointIds } = await storeDeliveries(world);
        const { environmentId, applicationId } = tenant;
        await reapTheRest(tenant);
        const list = async (filter: AttemptFilter) => {
          const { items } = await world.storage.listAttempts({ environmentId, applicationId, filter, page: firstPage });
          return items.map(({ deliveryId }) => names.get(deliveryId)).join(' ');
        };
        assert.equal(await list({}), 'a1 a2 b1 b2');
        assert.equal(await list({ messageId: b.message.id }), 'b1 b2');
        assert.equal(await list({ endpointId: present(endpointIds[0], 'endpoint') }), 'a1 b1');
        assert.equal(await list({ deliveryId: present(a.deliveries[1], 'delivery').id }), 'a2');
        assert.equal(await list({ outcomes: ['succeeded'] }), 'a1');
        assert.equal(await list({ outcomes: ['failed'] }), 'a2 b1');
        assert.equal(await list({ outcomes: ['unknown'] }), 'b2');
        assert.equal(await list({ outcomes: ['failed', 'unknown'] }), 'a2 b1 b2');
        assert.equal(await list({ statusCodeClass: 2 }), 'a1');
        assert.equal(await list({ statusCodeClass: 4 }), 'a2');
        assert.equal(await list({ statusCodeClass: 0 }), 'b1 b2');
        assert.equal(await list({ eventTypes: ['a', 'missing'] }), 'a1 a2');
        assert.equal(await list({ eventTypes: [] }), '');
        assert.equal(await list({ after: at(31) }), 'a2 b1 b2');
        assert.equal(await list({ before: at(33) }), 'a1 a2');
        assert.equal(await list({ after: at(31), before: at(33) }), 'a2');
        assert.equal(await list({ outcomes: ['failed'], eventTypes: ['b'] }), 'b1');
      },
    },
    {
      name: 'an attempt is found under its message alone; a missing one is undefined',
      run: async (world) => {
        const { tenant, a, b } = await storeDeliveries(world);
        const { environmentId, applicationId } = tenant;
        const filter = { messageId: a.message.id };
        const { items } = await world.storage.listAttempts({ environmentId, applicationId, filter, page: firstPage });
        const attempt = present(items[0], 'an attempt');
        const get = (messageId: string, attemptId: string) =>
          world.storage.getAttempt({ environmentId, applicationId, messageId, attemptId });
        assertSame(await get(a.message.id, attempt.id), attempt);
        assert.equal(await get(b.message.id, attempt.id), undefined);
        assert.equal(await get(a.message.id, world.id('atmpt_')), undefined);
      },
    },
    {
      name: 'the queue is measured over all environments: pending, due, in flight, and the longest waiting',
      run: async (world) => {
        const measure = (seconds: number) => world.storage.measureQueue({ now: at(seconds) });
        assertSame(await measure(0), { pending: 0, due: 0, inFlight: 0, backlogs: [] });
        for (const tenant of [await createTenant(world), await createTenant(world)]) {
          const endpointIds = await storeEndpoints(tenant, 2);
          await publish(tenant, { endpointIds, dueAt: at(10) });
          await publish(tenant, { endpointIds, dueAt: at(20) });
          await publish(tenant, { endpointIds, lease: { workerId: 'worker-1', leaseUntil: at(60) } });
        }
        assertSame(await measure(9), { pending: 8, due: 0, inFlight: 4, backlogs: [] });
        assertSame(await measure(10), { pending: 8, due: 4, inFlight: 4, oldestDueAt: at(10), backlogs: [] });
        assertSame(await measure(20), { pending: 8, due: 8, inFlight: 4, oldestDueAt: at(10), backlogs: [] });
        await claim({ world }, { now: at(10) });
        assertSame(await measure(20), { pending: 4, due: 4, inFlight: 8, oldestDueAt: at(20), backlogs: [] });
      },
    },
    {
      name: 'applications with many pending deliveries are found, those that are held in a line counted too',
      run: async (world) => {
        const [small, large] = [await createTenant(world), await createTenant(world)];
        await publish(small, { endpointIds: await storeEndpoints(small, 2) });
        const endpointIds = await storeEndpoints(large, 2);
        await publish(large, { endpointIds, dueAt: at(10) });
        await publish(large, { endpointIds, lease: { workerId: 'worker-1', leaseUntil: at(60) } });
        const ordering: DeliveryOrdering = { key: 'customer-1', onFailure: 'block' };
        const [line] = await storeEndpoints(large, 1);
        for (let n = 0; n < 3; n += 1) await publish(large, { endpointIds: [line!], ordering });
        const list = async (backlogFrom?: number) =>
          (await world.storage.measureQueue({ now: at(0), backlogFrom })).backlogs;
        assertSame(await list(3), [{ applicationId: large.applicationId, pending: 5 }]);
        assertSame(await list(6), []);
        assertSame(await list(), []);
        const all = (await list(1)).map(({ pending }) => pending);
        assert.deepEqual(
          all.toSorted((a, b) => a - b),
          [2, 5],
        );
      },
    },
  ],
};
