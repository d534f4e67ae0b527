import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Storage, systemClock, type Message } from '@postrider/core';
import { ApplicationsService } from '../applications/applications.service.js';
import { EndpointSecretsService } from '../endpoints/endpoint-secrets.service.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { EventTypesService } from '../event-types/event-types.service.js';
import { RawJson } from '../http/json/raw-json.js';
import { defaultEnvironmentId as environmentId } from '../lifecycle/first-boot.js';
import { MessagesService } from '../messages/messages.service.js';
import { portToken } from '../plugins/host-ports.js';

/** The names under which the sample is found again on the next start. */
export const sampleNames = {
  application: 'sample',
  endpoint: 'sample-receiver',
  eventType: 'sample.greeting',
} as const;

const endpointPath = { environmentId, application: sampleNames.application, endpoint: sampleNames.endpoint };
const pollIntervalMs = 25;
const deliveryDeadlineMs = 15_000;

/** One application with one endpoint, through the same use cases that the API calls. */
export class Sample {
  readonly #app: NestFastifyApplication;

  constructor(app: NestFastifyApplication) {
    this.#app = app;
  }

  /** Makes the sample, or brings the one of an earlier start up to date: the receiver's port differs each time. */
  async ensure(receiverUrl: string): Promise<void> {
    const { application: segment, eventType: name } = sampleNames;
    await this.#app.get(ApplicationsService).upsert({ environmentId, segment, input: { name: 'Sample application' } });
    await this.#app
      .get(EventTypesService)
      .upsert({ environmentId, name }, { description: 'Published by the sample server when it starts.' });
    await this.#app
      .get(EndpointsService)
      .upsert(endpointPath, { url: receiverUrl, description: 'The receiver built into the sample server' });
  }

  /** The secret that the endpoint's webhooks are signed with. */
  readSecret(): Promise<string> {
    return this.#app.get(EndpointSecretsService).getCurrent(endpointPath);
  }

  async publish(): Promise<Message> {
    const payload = JSON.stringify({ text: 'Hello from Postrider', at: systemClock.now() });
    const { message } = await this.#app.get(MessagesService).publish({
      environmentId,
      application: sampleNames.application,
      input: { eventType: sampleNames.eventType, payload: new RawJson(payload) },
      idempotencyKey: undefined,
      body: Buffer.alloc(0),
    });
    return message;
  }

  /** Resolves once every delivery of the message is recorded as delivered. Rejects when that takes too long. */
  async waitUntilDelivered({ id: messageId, applicationId }: Message): Promise<void> {
    const storage = this.#app.get<Storage>(portToken(Storage));
    const endMs = systemClock.monotonicMs() + deliveryDeadlineMs;
    while (systemClock.monotonicMs() < endMs) {
      const counts = await storage.countDeliveries({ environmentId, filter: { applicationId, messageId } });
      if (counts.delivered > 0 && counts.pending + counts.in_flight === 0) return;
      await systemClock.sleep({ delayMs: pollIntervalMs });
    }
    throw new Error(`The sample event was not delivered within ${deliveryDeadlineMs / 1_000} s.`);
  }
}
