import {
  createIdGenerator,
  systemClock,
  systemRandom,
  type AppendEntry,
  type ClaimedDelivery,
  type DeliveryOutcome,
  type Endpoint,
  type NewDelivery,
  type Storage,
} from '@postrider/core';

const ids = createIdGenerator({ clock: systemClock, random: systemRandom });

/** The instant of everything in these tests, unless it is given. */
export const startAt = new Date(Date.UTC(2026, 0, 1));

/** The instant so many seconds after `startAt`. */
export function after(seconds: number): Date {
  return new Date(startAt.getTime() + seconds * 1000);
}

/** Stores an environment with an application of so many endpoints; returns the endpoints. */
export async function storeEndpoints(storage: Storage, count: number): Promise<Endpoint[]> {
  const environment = { id: ids.next('env_'), name: 'Test', createdAt: startAt };
  await storage.ensureEnvironment({ environment });
  const environmentId = environment.id;
  const changes = { version: 1, createdAt: startAt, updatedAt: startAt };
  const application = { id: ids.next('app_'), environmentId, name: 'Customer', metadata: {}, ...changes };
  await storage.createApplication({ application });
  const endpoints: Endpoint[] = [];
  for (let index = 0; index < count; index += 1) {
    const endpoint: Endpoint = {
      id: ids.next('ep_'),
      environmentId,
      applicationId: application.id,
      url: 'https://receiver.example/',
      description: '',
      metadata: {},
      disabled: false,
      headers: {},
      ...changes,
    };
    const secret = { scheme: 'v1', key: `whsec_${String(index)}`, createdAt: startAt } as const;
    await storage.createEndpoint({ endpoint, secrets: [secret] });
    endpoints.push(endpoint);
  }
  return endpoints;
}

/** A message for the endpoint, with one delivery. */
export function newEntry(endpoint: Endpoint, delivery: Partial<NewDelivery> = {}): AppendEntry {
  const { environmentId, applicationId } = endpoint;
  return {
    message: {
      id: ids.next('msg_'),
      environmentId,
      applicationId,
      eventType: 'invoice.paid',
      payload: '{"amount":1}',
      createdAt: startAt,
    },
    deliveries: [{ id: ids.next('dlv_'), endpointId: endpoint.id, trigger: 'scheduled', dueAt: startAt, ...delivery }],
  };
}

/** So many messages for the endpoint, waiting, in batches of 200. */
export async function storeBacklog(storage: Storage, endpoint: Endpoint, count: number): Promise<void> {
  for (let stored = 0; stored < count; stored += 200) {
    const entries = Array.from({ length: Math.min(200, count - stored) }, () => newEntry(endpoint));
    await storage.appendMessages({ entries, now: startAt });
  }
}

/** The success of a claimed delivery. */
export function toDelivered({ delivery, message }: ClaimedDelivery): DeliveryOutcome {
  const { environmentId, applicationId, messageId, endpointId, id: deliveryId, leaseToken } = delivery;
  return {
    lease: { applicationId, messageId, deliveryId, leaseToken },
    environmentId,
    endpointId,
    eventType: message.eventType,
    attempt: {
      id: ids.next('atmpt_'),
      ...{ environmentId, applicationId, messageId, endpointId, deliveryId },
      number: delivery.attemptCount + 1,
      trigger: delivery.trigger,
      outcome: 'succeeded',
      url: 'https://receiver.example/',
      responseStatusCode: 200,
      responseBody: 'ok',
      durationMs: 12,
      startedAt: startAt,
    },
    next: { status: 'delivered' },
  };
}

/** Claims up to `limit` deliveries at `startAt`. */
export function claim(
  storage: Storage,
  limits: { limit: number; perEndpointLimit?: number },
): Promise<readonly ClaimedDelivery[]> {
  return storage.claimDue({ workerId: 'w', perEndpointLimit: 1000, leaseUntil: after(60), now: startAt, ...limits });
}
