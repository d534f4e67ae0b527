import assert from 'node:assert/strict';
import type { Attempt } from '../../domain/attempt.js';
import type { Delivery, LeaseRef } from '../../domain/delivery.js';
import type { Message } from '../../domain/message.js';
import type { ClaimedDelivery, DeliveryOutcome, DeliveryTransition } from '../../ports/delivery-store.js';
import type { NewDelivery } from '../../ports/message-store.js';
import { present } from './assertions.js';
import { newMessage, type Tenant } from './fixtures.js';
import { baseAt } from './instants.js';

/** A message that was appended, with its deliveries. */
export interface Published {
  readonly message: Message;
  readonly deliveries: readonly NewDelivery[];
}

export interface PublishParams {
  /** One delivery each. */
  readonly endpointIds: readonly string[];
  /** The instant of the message and of its ids; `baseAt` by default. */
  readonly createdAt?: Date;
  /** `createdAt` by default. */
  readonly dueAt?: Date;
  readonly lease?: NewDelivery['lease'];
  readonly ordering?: NewDelivery['ordering'];
  readonly message?: Partial<Message>;
}

export function newDelivery(tenant: Tenant, given: Partial<NewDelivery> & { endpointId: string }): NewDelivery {
  return { id: tenant.world.id('dlv_', given.dueAt), trigger: 'scheduled', dueAt: baseAt, ...given };
}

/** What `publish` would append. */
export function prepare(tenant: Tenant, params: PublishParams): Published {
  const { createdAt = baseAt, dueAt = createdAt, lease, ordering } = params;
  const message = newMessage(tenant, { createdAt, ...params.message });
  const deliveries = params.endpointIds.map((endpointId) =>
    newDelivery(tenant, { id: tenant.world.id('dlv_', createdAt), endpointId, dueAt, lease, ordering }),
  );
  return { message, deliveries };
}

/** Appends one message. */
export async function publish(tenant: Tenant, params: PublishParams): Promise<Published> {
  return present((await publishMany(tenant, [params]))[0], 'the published message');
}

/** Appends several messages in one batch. */
export async function publishMany(tenant: Tenant, params: readonly PublishParams[]): Promise<Published[]> {
  const entries = params.map((each) => prepare(tenant, each));
  const now = params[0]?.createdAt ?? baseAt;
  const results = await tenant.world.storage.appendMessages({ entries, now });
  for (const result of results) assert.equal(result.outcome, 'appended');
  return entries;
}

/** The lease of a claimed delivery. */
export function leaseOf({ delivery }: ClaimedDelivery): LeaseRef {
  const { applicationId, messageId, id: deliveryId, leaseToken } = delivery;
  return { applicationId, messageId, deliveryId, leaseToken };
}

export interface ClaimParams {
  readonly now: Date;
  readonly limit?: number;
  readonly perEndpointLimit?: number;
  readonly leaseUntil?: Date;
  readonly workerId?: string;
  readonly firstAttemptsOnly?: boolean;
}

/** Claims with generous limits and a lease of a minute, unless told otherwise. */
export function claim(tenant: Pick<Tenant, 'world'>, params: ClaimParams): Promise<readonly ClaimedDelivery[]> {
  return tenant.world.storage.claimDue(claimParams(params));
}

export function claimParams(params: ClaimParams): Required<ClaimParams> {
  const leaseUntil = new Date(params.now.getTime() + 60_000);
  return { limit: 100, perEndpointLimit: 100, workerId: 'worker-1', leaseUntil, firstAttemptsOnly: false, ...params };
}

/** Claims exactly one delivery. */
export async function claimOne(tenant: Pick<Tenant, 'world'>, params: ClaimParams): Promise<ClaimedDelivery> {
  const claimed = await claim(tenant, { ...params, limit: 1 });
  return present(claimed[0], 'a due delivery');
}

/** An attempt of a claimed delivery: succeeded with 200 unless told otherwise. */
export function newAttempt(tenant: Tenant, claimed: ClaimedDelivery, given: Partial<Attempt> = {}): Attempt {
  const { delivery } = claimed;
  return {
    id: tenant.world.id('atmpt_', given.startedAt),
    environmentId: delivery.environmentId,
    applicationId: delivery.applicationId,
    messageId: delivery.messageId,
    endpointId: delivery.endpointId,
    deliveryId: delivery.id,
    number: delivery.attemptCount + 1,
    trigger: delivery.trigger,
    outcome: 'succeeded',
    url: 'https://receiver.example/hook',
    responseStatusCode: 200,
    responseBody: 'ok',
    durationMs: 12.5,
    startedAt: baseAt,
    ...given,
  };
}

/** The end of the lease of a claimed delivery. */
export function outcomeOf(claimed: ClaimedDelivery, next: DeliveryTransition, attempt?: Attempt): DeliveryOutcome {
  const { delivery, message } = claimed;
  const { environmentId, endpointId } = delivery;
  return { lease: leaseOf(claimed), environmentId, endpointId, eventType: message.eventType, attempt, next };
}

/** Records a successful attempt of each. */
export async function deliver(tenant: Tenant, claimed: readonly ClaimedDelivery[], recordedAt: Date): Promise<void> {
  const outcomes = claimed.map((each) => {
    const attempt = newAttempt(tenant, each, { startedAt: recordedAt });
    return outcomeOf(each, { status: 'delivered' }, attempt);
  });
  const { fenced } = await tenant.world.storage.recordOutcomes({ outcomes, recordedAt });
  assert.deepEqual(fenced, []);
}

/** The stored delivery. */
export async function readDelivery(tenant: Tenant, deliveryId: string): Promise<Delivery> {
  const { environmentId, world } = tenant;
  return present(await world.storage.getDelivery({ environmentId, deliveryId }), `delivery ${deliveryId}`);
}
