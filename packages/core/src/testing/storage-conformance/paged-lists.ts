import type { Page, PageRequest } from '../../domain/page.js';
import { idTime, type IdPrefix } from '../../ids.js';
import {
  newApplication,
  newEndpoint,
  newEventType,
  newMessage,
  newSecret,
  storeEndpoint,
  type Tenant,
} from './fixtures.js';
import { at } from './instants.js';
import { claim, newAttempt, newDelivery, outcomeOf } from './publishing.js';
import type { StorageWorld } from './storage-world.js';

/** The keys of one page. */
export interface Window {
  readonly keys: readonly string[];
  readonly hasMore: boolean;
}

/** One of the lists of the port, made alike for the rules that hold for all of them. */
export interface PagedList {
  readonly name: string;
  /** Two keys of one instant, in the order of code units. */
  keysAt(world: StorageWorld, instant: Date): string[];
  /** Stores one row for each key. */
  seed(tenant: Tenant, keys: readonly string[]): Promise<void>;
  list(tenant: Tenant, page: PageRequest): Promise<Window>;
  /** The list of a new tenant: the application itself is the first of its kind. */
  whenEmpty(tenant: Tenant): Window;
}

const nothing = (): Window => ({ keys: [], hasMore: false });

/** Two ids that differ in the last letter, `Z` and `a`: a collation that ignores or folds case swaps them. */
const idPair = (prefix: IdPrefix) => (world: StorageWorld, instant: Date) => {
  const stem = world.id(prefix, instant).slice(0, -1);
  return [`${stem}Z`, `${stem}a`];
};

function windowOf<T>({ items, hasMore }: Page<T>, keyOf: (item: T) => string): Window {
  return { keys: items.map(keyOf), hasMore };
}

const idOf = ({ id }: { readonly id: string }): string => id;

const applications: PagedList = {
  name: 'applications',
  keysAt: idPair('app_'),
  seed: async ({ world, environmentId, applicationId }, keys) => {
    await world.storage.deleteApplication({ environmentId, applicationId, deletedAt: at(0) });
    for (const id of keys) {
      const application = newApplication(world, { environmentId, id, createdAt: idTime(id) });
      await world.storage.createApplication({ application });
    }
  },
  list: async ({ world, environmentId }, page) =>
    windowOf(await world.storage.listApplications({ environmentId, page }), idOf),
  whenEmpty: ({ applicationId }) => ({ keys: [applicationId], hasMore: false }),
};

const endpoints: PagedList = {
  name: 'endpoints',
  keysAt: idPair('ep_'),
  seed: async (tenant, keys) => {
    for (const id of keys) {
      const endpoint = newEndpoint(tenant, { id, createdAt: idTime(id) });
      await tenant.world.storage.createEndpoint({ endpoint, secrets: [newSecret(id)] });
    }
  },
  list: async ({ world, environmentId, applicationId }, page) =>
    windowOf(await world.storage.listEndpoints({ environmentId, applicationId, page }), idOf),
  whenEmpty: nothing,
};

const eventTypes: PagedList = {
  name: 'event types',
  keysAt: (_world, instant) => [`e${instant.getUTCSeconds()}.Z_b`, `e${instant.getUTCSeconds()}.a-b`],
  seed: async ({ world, environmentId }, keys) => {
    for (const name of keys) await world.storage.createEventType({ eventType: newEventType({ environmentId, name }) });
  },
  list: async ({ world, environmentId }, page) =>
    windowOf(await world.storage.listEventTypes({ environmentId, includeArchived: true, page }), ({ name }) => name),
  whenEmpty: nothing,
};

const messages: PagedList = {
  name: 'messages',
  keysAt: idPair('msg_'),
  seed: async (tenant, keys) => {
    for (const id of keys) {
      const now = idTime(id);
      const entries = [{ message: newMessage(tenant, { id, createdAt: now }), deliveries: [] }];
      await tenant.world.storage.appendMessages({ entries, now });
    }
  },
  list: async ({ world, environmentId, applicationId }, page) => {
    const params = { environmentId, applicationId, filter: {}, withPayload: false, page };
    return windowOf(await world.storage.listMessages(params), idOf);
  },
  whenEmpty: nothing,
};

/** One message whose deliveries have the given ids. */
async function seedDeliveries(tenant: Tenant, keys: readonly string[]): Promise<void> {
  const { id: endpointId } = await storeEndpoint(tenant);
  const deliveries = keys.map((id) => newDelivery(tenant, { id, endpointId, dueAt: at(100) }));
  const entries = [{ message: newMessage(tenant, { createdAt: at(10) }), deliveries }];
  await tenant.world.storage.appendMessages({ entries, now: at(50) });
}

const deliveries: PagedList = {
  name: 'deliveries',
  keysAt: idPair('dlv_'),
  seed: seedDeliveries,
  list: async ({ world, environmentId }, page) =>
    windowOf(await world.storage.listDeliveries({ environmentId, filter: {}, page }), idOf),
  whenEmpty: nothing,
};

const attempts: PagedList = {
  name: 'attempts',
  keysAt: idPair('atmpt_'),
  seed: async (tenant, keys) => {
    await seedDeliveries(
      tenant,
      keys.map(() => tenant.world.id('dlv_', at(10))),
    );
    const mine = (await claim(tenant, { now: at(100), limit: 1000, perEndpointLimit: 1000 })).filter(
      ({ delivery }) => delivery.environmentId === tenant.environmentId,
    );
    const outcomes = mine.map((claimed, index) => {
      const id = keys[index] as string;
      const attempt = newAttempt(tenant, claimed, { id, startedAt: idTime(id) });
      return outcomeOf(claimed, { status: 'delivered' }, attempt);
    });
    await tenant.world.storage.recordOutcomes({ outcomes, recordedAt: at(100) });
  },
  list: async ({ world, environmentId, applicationId }, page) =>
    windowOf(await world.storage.listAttempts({ environmentId, applicationId, filter: {}, page }), idOf),
  whenEmpty: nothing,
};

/** Every list of the port that is paged. */
export const pagedLists: readonly PagedList[] = [applications, endpoints, eventTypes, messages, deliveries, attempts];
