import {
  createIdGenerator,
  systemRandom,
  type AppendEntry,
  type ClaimedDelivery,
  type DeliveryOutcome,
  type IdGenerator,
  type NewDelivery,
  type Storage,
} from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { startAt } from './test-storages.js';

/** What tests publish, at one instant: ids, messages and outcomes of one application. */
export class Traffic {
  readonly at: Date;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly #ids: IdGenerator;

  constructor(at: Date = startAt) {
    this.at = at;
    this.#ids = createIdGenerator({ clock: new FakeClock({ startAt: at }), random: systemRandom });
    this.environmentId = this.#ids.next('env_');
    this.applicationId = this.#ids.next('app_');
  }

  id: IdGenerator['next'] = (prefix) => this.#ids.next(prefix);

  endpointIds(count: number): string[] {
    return Array.from({ length: count }, () => this.#ids.next('ep_'));
  }

  /** A message with one delivery to each endpoint, due now. */
  entry(
    endpointIds: readonly string[],
    {
      lease,
      ordering,
      ...guards
    }: Pick<NewDelivery, 'lease' | 'ordering'> & Pick<AppendEntry, 'idempotency'> & { eventId?: string } = {},
  ): AppendEntry {
    return {
      message: {
        id: this.id('msg_'),
        environmentId: this.environmentId,
        applicationId: this.applicationId,
        eventType: 'invoice.paid',
        payload: '{"amount":1}',
        eventId: guards.eventId,
        createdAt: this.at,
      },
      deliveries: endpointIds.map((endpointId) => ({
        id: this.id('dlv_'),
        endpointId,
        trigger: 'scheduled',
        dueAt: this.at,
        lease,
        ordering,
      })),
      idempotency: guards.idempotency,
    };
  }

  /** Appends `count` messages with one pending delivery each, in batches. */
  async fill(storage: Storage, params: { endpointId: string; count: number }): Promise<void> {
    const entries = Array.from({ length: params.count }, () => this.entry([params.endpointId]));
    for (let from = 0; from < entries.length; from += 1_000) {
      await storage.appendMessages({ entries: entries.slice(from, from + 1_000), now: this.at });
    }
  }

  claim(storage: Storage, limits: { limit: number; perEndpointLimit: number }): Promise<readonly ClaimedDelivery[]> {
    const leaseUntil = new Date(this.at.getTime() + 60_000);
    return storage.claimDue({ workerId: 'worker-1', leaseUntil, now: this.at, ...limits });
  }

  /** A successful attempt for a claimed delivery. */
  success({ delivery, message }: ClaimedDelivery, responseBody = 'ok'): DeliveryOutcome {
    const { applicationId, messageId, endpointId, environmentId, leaseToken, id: deliveryId } = delivery;
    return {
      lease: { applicationId, messageId, deliveryId, leaseToken },
      environmentId,
      endpointId,
      eventType: message.eventType,
      attempt: {
        id: this.id('atmpt_'),
        environmentId,
        applicationId,
        messageId,
        endpointId,
        deliveryId,
        number: delivery.attemptCount + 1,
        trigger: delivery.trigger,
        outcome: 'succeeded',
        url: 'https://receiver.example/hook',
        responseStatusCode: 200,
        responseBody,
        durationMs: 12,
        startedAt: this.at,
      },
      next: { status: 'delivered' },
    };
  }
}
