import type { ApiKey } from '../../domain/api-key.js';
import type { Application } from '../../domain/application.js';
import type { Endpoint, EndpointSecret } from '../../domain/endpoint.js';
import type { EventType } from '../../domain/event-type.js';
import type { Message } from '../../domain/message.js';
import { baseAt } from './instants.js';
import type { StorageWorld } from './storage-world.js';

/** An environment with one application, stored. */
export interface Tenant {
  readonly world: StorageWorld;
  readonly environmentId: string;
  readonly applicationId: string;
}

export async function storeEnvironment(world: StorageWorld): Promise<string> {
  const environment = { id: world.id('env_'), name: 'Test', createdAt: baseAt };
  await world.storage.ensureEnvironment({ environment });
  return environment.id;
}

export async function createTenant(world: StorageWorld): Promise<Tenant> {
  const environmentId = await storeEnvironment(world);
  const application = await storeApplication(world, { environmentId });
  return { world, environmentId, applicationId: application.id };
}

type Given<T, K extends keyof T> = Partial<T> & Pick<T, K>;

export function newApplication(world: StorageWorld, given: Given<Application, 'environmentId'>): Application {
  return {
    id: world.id('app_', given.createdAt),
    name: 'Customer',
    metadata: {},
    version: 1,
    createdAt: baseAt,
    updatedAt: given.createdAt ?? baseAt,
    ...given,
  };
}

export async function storeApplication(
  world: StorageWorld,
  given: Given<Application, 'environmentId'>,
): Promise<Application> {
  const application = newApplication(world, given);
  await world.storage.createApplication({ application });
  return application;
}

export function newEndpoint(tenant: Tenant, given: Partial<Endpoint> = {}): Endpoint {
  return {
    id: tenant.world.id('ep_', given.createdAt),
    environmentId: tenant.environmentId,
    applicationId: tenant.applicationId,
    url: 'https://receiver.example/hook',
    description: '',
    metadata: {},
    disabled: false,
    headers: {},
    version: 1,
    createdAt: baseAt,
    updatedAt: given.createdAt ?? baseAt,
    ...given,
  };
}

export function newSecret(name: string, given: Partial<EndpointSecret> = {}): EndpointSecret {
  return { scheme: 'v1', key: `whsec_${name}`, createdAt: baseAt, ...given };
}

export async function storeEndpoint(tenant: Tenant, given: Partial<Endpoint> = {}): Promise<Endpoint> {
  const endpoint = newEndpoint(tenant, given);
  await tenant.world.storage.createEndpoint({ endpoint, secrets: [newSecret(endpoint.id)] });
  return endpoint;
}

/** Stores `count` endpoints and returns their ids. */
export async function storeEndpoints(tenant: Tenant, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await storeEndpoint(tenant)).id);
  return ids;
}

export function newEventType(given: Given<EventType, 'environmentId' | 'name'>): EventType {
  return {
    description: '',
    deprecated: false,
    archived: false,
    version: 1,
    createdAt: baseAt,
    updatedAt: baseAt,
    ...given,
  };
}

export function newKey(given: Given<ApiKey, 'environmentId' | 'id'>): ApiKey {
  return { name: 'Key', hash: 'a'.repeat(64), scopes: ['messages:write'], createdAt: baseAt, ...given };
}

export function newMessage(tenant: Tenant, given: Partial<Message> = {}): Message {
  return {
    id: tenant.world.id('msg_', given.createdAt),
    environmentId: tenant.environmentId,
    applicationId: tenant.applicationId,
    eventType: 'invoice.paid',
    payload: '{"amount":1}',
    createdAt: baseAt,
    ...given,
  };
}
