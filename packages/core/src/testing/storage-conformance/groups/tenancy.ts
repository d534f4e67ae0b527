import assert from 'node:assert/strict';
import type { Storage } from '../../../ports/storage.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import {
  createTenant,
  newEndpoint,
  newEventType,
  newKey,
  newSecret,
  storeApplication,
  storeEndpoint,
  storeEnvironment,
} from '../fixtures.js';
import { at } from '../instants.js';
import { claim, deliver, newDelivery, publish } from '../publishing.js';
import type { StorageWorld } from '../storage-world.js';

const page = { limit: 250, order: 'ascending' } as const;
const emptyPage = { items: [], hasMore: false };

/** An environment with one of everything, and the environment of somebody else. */
async function storeOneOfEverything(world: StorageWorld) {
  const { environmentId } = await createTenant(world);
  const application = await storeApplication(world, { environmentId, uid: 'app-uid' });
  const tenant = { world, environmentId, applicationId: application.id };
  const endpoint = await storeEndpoint(tenant, { uid: 'ep-uid' });
  const eventType = newEventType({ environmentId, name: 'mine' });
  await world.storage.createEventType({ eventType });
  const key = newKey({ environmentId, id: `pk_${environmentId}` });
  await world.storage.createKey({ key });
  const message = { eventId: 'event-uid' };
  await deliver(tenant, await claimMine(world, tenant, { endpointIds: [endpoint.id], message }), at(1));
  const waiting = await publish(tenant, { endpointIds: [endpoint.id], dueAt: at(3600) });
  return { tenant, application, endpoint, eventType, key, waiting, otherId: await storeEnvironment(world) };
}

async function claimMine(world: StorageWorld, ...args: Parameters<typeof publish>) {
  await publish(...args);
  return (await claim({ world }, { now: at(1) })).filter(
    ({ delivery }) => delivery.environmentId === args[0].environmentId,
  );
}

type Everything = Awaited<ReturnType<typeof storeOneOfEverything>>;

/** All that can be read of the environment. */
async function readAll(storage: Storage, { tenant, endpoint, key, waiting }: Everything) {
  const { environmentId, applicationId } = tenant;
  const where = { environmentId, applicationId };
  return {
    applications: await storage.listApplications({ environmentId, page }),
    endpoints: await storage.listEndpoints({ ...where, page }),
    secrets: await storage.getEndpointSecrets({ ...where, endpointId: endpoint.id }),
    eventTypes: await storage.listEventTypes({ environmentId, includeArchived: true, page }),
    messages: await storage.listMessages({ ...where, filter: {}, withPayload: true, page }),
    deliveries: await storage.listDeliveries({ environmentId, filter: {}, page }),
    waiting: await storage.getDelivery({ environmentId, deliveryId: present(waiting.deliveries[0], 'delivery').id }),
    attempts: await storage.listAttempts({ ...where, filter: {}, page }),
    key: await storage.getKey({ keyId: key.id }),
    rollups: await storage.readRollups({ environmentId, from: at(-60), to: at(3600) }),
  };
}

/** What calls with the ids of one environment in the name of another answer. */
async function trespass(storage: Storage, everything: Everything) {
  const { tenant, application, endpoint, eventType, key, waiting, otherId: environmentId } = everything;
  const { applicationId, world } = tenant;
  const { items: attempts } = await storage.listAttempts({ ...tenant, filter: {}, page });
  const attempt = present(attempts[0], 'an attempt');
  const where = { environmentId, applicationId };
  const ofEndpoint = { ...where, endpointId: endpoint.id };
  const messageId = waiting.message.id;
  const deliveryId = present(waiting.deliveries[0], 'delivery').id;
  const deletedAt = at(10);
  const intruder = newEndpoint({ ...tenant, environmentId });
  const delivery = newDelivery(tenant, { endpointId: endpoint.id, trigger: 'manual' });
  const secrets = [newSecret('stolen')];
  const expected = [newSecret(endpoint.id)];
  const changed = { environmentId, version: 2 };
  const cancellation = { attemptId: world.id('atmpt_'), cancelledAt: at(10) };
  return {
    getApplication: await storage.getApplication({ environmentId, application: { id: applicationId } }),
    getApplicationByUid: await storage.getApplication({ environmentId, application: { uid: 'app-uid' } }),
    listApplications: await storage.listApplications({ environmentId, page }),
    replaceApplication: await storage.replaceApplication({ application: { ...application, ...changed } }),
    deleteApplication: await storage.deleteApplication({ ...where, deletedAt }),
    createEndpoint: await storage.createEndpoint({ endpoint: intruder, secrets }),
    getEndpoint: await storage.getEndpoint({ ...where, endpoint: { id: endpoint.id } }),
    getEndpointByUid: await storage.getEndpoint({ ...where, endpoint: { uid: 'ep-uid' } }),
    listEndpoints: await storage.listEndpoints({ ...where, page }),
    replaceEndpoint: await storage.replaceEndpoint({ endpoint: { ...endpoint, ...changed, disabled: true } }),
    deleteEndpoint: await storage.deleteEndpoint({ ...ofEndpoint, deletedAt }),
    getEndpointSecrets: await storage.getEndpointSecrets(ofEndpoint),
    replaceEndpointSecrets: await storage.replaceEndpointSecrets({ ...ofEndpoint, expected, secrets }),
    getEventType: await storage.getEventType({ environmentId, name: 'mine' }),
    listEventTypes: await storage.listEventTypes({ environmentId, includeArchived: true, page }),
    findEventTypes: await storage.findEventTypes({ environmentId, names: ['mine'] }),
    replaceEventType: await storage.replaceEventType({ eventType: { ...eventType, ...changed } }),
    deleteEventType: await storage.deleteEventType({ environmentId, name: 'mine' }),
    getMessage: await storage.getMessage({ ...where, message: { id: messageId } }),
    getMessageByEventId: await storage.getMessage({ ...where, message: { uid: 'event-uid' } }),
    listMessages: await storage.listMessages({ ...where, filter: {}, withPayload: true, page }),
    appendDelivery: await storage.appendDelivery({ ...where, messageId, delivery, now: at(10) }),
    expediteDelivery: await storage.expediteDelivery({ ...where, messageId, deliveryId, dueAt: at(10) }),
    cancelDelivery: await storage.cancelDelivery({ ...where, messageId, deliveryId, ...cancellation }),
    getDelivery: await storage.getDelivery({ environmentId, deliveryId }),
    listDeliveries: await storage.listDeliveries({ environmentId, filter: { applicationId }, page }),
    countDeliveries: await storage.countDeliveries({ environmentId, filter: { applicationId } }),
    getAttempt: await storage.getAttempt({ ...where, messageId: attempt.messageId, attemptId: attempt.id }),
    listAttempts: await storage.listAttempts({ ...where, filter: {}, page }),
    listKeys: await storage.listKeys({ environmentId }),
    revokeKey: await storage.revokeKey({ environmentId, keyId: key.id, revokedAt: at(10) }),
    readRollups: await storage.readRollups({ ...where, from: at(-60), to: at(3600) }),
    intruder: await world.storage.getEndpoint({ ...tenant, endpoint: { id: intruder.id } }),
  };
}

/** Tenancy: the ids of others find nothing and change nothing. */
export const tenancyGroup: ConformanceGroup = {
  name: 'tenancy',
  storage: 'shared',
  cases: [
    {
      name: 'the ids of another environment find nothing in any method, and change nothing',
      run: async (world) => {
        const everything = await storeOneOfEverything(world);
        const before = await readAll(world.storage, everything);
        assert.equal(before.attempts.items.length, 1);
        assert.equal(before.rollups.length, 1);
        const missing = { outcome: 'not_found' };
        assertSame(await trespass(world.storage, everything), {
          listApplications: emptyPage,
          replaceApplication: missing,
          deleteApplication: missing,
          createEndpoint: { outcome: 'parent_missing' },
          listEndpoints: emptyPage,
          replaceEndpoint: missing,
          deleteEndpoint: missing,
          replaceEndpointSecrets: missing,
          listEventTypes: emptyPage,
          findEventTypes: [],
          replaceEventType: missing,
          deleteEventType: missing,
          listMessages: emptyPage,
          appendDelivery: { outcome: 'message_missing' },
          expediteDelivery: false,
          cancelDelivery: { outcome: 'missing' },
          listDeliveries: emptyPage,
          countDeliveries: { pending: 0, in_flight: 0, delivered: 0, dead_letter: 0, cancelled: 0 },
          listAttempts: emptyPage,
          listKeys: [],
          revokeKey: false,
          readRollups: [],
        });
        assertSame(await readAll(world.storage, everything), before);
      },
    },
    {
      name: 'the ids of another application of the same environment find nothing either',
      run: async (world) => {
        const { tenant, endpoint, waiting } = await storeOneOfEverything(world);
        const { environmentId } = tenant;
        const sibling = await storeApplication(world, { environmentId });
        const where = { environmentId, applicationId: sibling.id };
        const ofEndpoint = { ...where, endpointId: endpoint.id };
        const messageId = waiting.message.id;
        const deliveryId = present(waiting.deliveries[0], 'delivery').id;
        const missing = { outcome: 'not_found' };
        const attemptId = world.id('atmpt_');
        const { storage } = world;
        const change = { ...endpoint, applicationId: sibling.id, version: 2 };
        assertSame(
          {
            replaceEndpoint: await storage.replaceEndpoint({ endpoint: change }),
            deleteEndpoint: await storage.deleteEndpoint({ ...ofEndpoint, deletedAt: at(10) }),
            secrets: await storage.getEndpointSecrets(ofEndpoint),
            replaceSecrets: await storage.replaceEndpointSecrets({ ...ofEndpoint, expected: [], secrets: [] }),
            endpoints: await storage.listEndpoints({ ...where, page }),
            messages: await storage.listMessages({ ...where, filter: {}, withPayload: true, page }),
            deliveries: await storage.listDeliveries({ environmentId, filter: { applicationId: sibling.id }, page }),
            attempts: await storage.listAttempts({ ...where, filter: {}, page }),
            expedite: await storage.expediteDelivery({ ...where, messageId, deliveryId, dueAt: at(10) }),
            cancel: await storage.cancelDelivery({ ...where, messageId, deliveryId, attemptId, cancelledAt: at(10) }),
            rollups: await storage.readRollups({ ...where, from: at(-60), to: at(3600) }),
          },
          {
            ...{ replaceEndpoint: missing, deleteEndpoint: missing, replaceSecrets: missing },
            ...{ endpoints: emptyPage, messages: emptyPage, deliveries: emptyPage, attempts: emptyPage },
            ...{ expedite: false, cancel: { outcome: 'missing' }, rollups: [] },
          },
        );
        const stored = await storage.getEndpoint({ ...tenant, endpoint: { id: endpoint.id } });
        assertSame(stored, endpoint);
      },
    },
  ],
};
