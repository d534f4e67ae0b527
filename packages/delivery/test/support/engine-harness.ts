import {
  createIdGenerator,
  createLocalWake,
  type Application,
  type Attempt,
  type Delivery,
  type DeliveryStatus,
  type Endpoint,
  type Message,
  type Storage,
  type Wake,
} from '@postrider/core';
import {
  createMemoryStorage,
  createRecordingLogger,
  createSeededRandom,
  FakeClock,
  MemoryDatabase,
} from '@postrider/core/testing';
import { createDeliveryEngine, type DeliveryEngineDeps } from '../../src/engine.js';
import type { DeliveryEngineOptions } from '../../src/options.js';
import type { DeliveryEngine, MessageDraft, PublishResult } from '../../src/ports/delivery.js';
import { createScriptedSender, type ScriptedSender } from './scripted-sender.js';

export const environmentId = 'env_1';
/** The example key of the Standard Webhooks specification. */
export const signingKey = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const page = { limit: 250, order: 'ascending' } as const;

export interface Installation {
  readonly clock: FakeClock;
  readonly logger: ReturnType<typeof createRecordingLogger>;
  readonly storage: Storage;
  /** A new engine on the same data: another process, or the same after a crash. */
  createEngine(
    options?: DeliveryEngineOptions,
    deps?: Partial<DeliveryEngineDeps>,
  ): { readonly engine: DeliveryEngine; readonly sender: ScriptedSender; readonly wake: Wake };
  addApplication(more?: Partial<Application>): Promise<Application>;
  addEndpoint(application: Application, more?: Partial<Endpoint>): Promise<Endpoint>;
  deliveriesOf(messageId: string): Promise<readonly Delivery[]>;
  attemptsOf(message: Message): Promise<readonly Attempt[]>;
  count(): Promise<Readonly<Record<DeliveryStatus, number>>>;
}

/** One store and one clock, on which any number of engines may run: a small installation. */
export async function createInstallation({ seed = 1 }: { seed?: number } = {}): Promise<Installation> {
  const clock = new FakeClock();
  const random = createSeededRandom(seed);
  const ids = createIdGenerator({ clock, random });
  const logger = createRecordingLogger();
  const database = new MemoryDatabase();
  const storage = createMemoryStorage({ database });
  await storage.migrate({});
  const at = clock.now();
  await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Test', createdAt: at } });

  return {
    clock,
    logger,
    storage,

    createEngine: (options = {}, deps = {}) => {
      const sender = createScriptedSender();
      const wake = createLocalWake({ logger });
      const allDeps = { storage, sender, clock, random, logger, wake, ...deps };
      const engine = createDeliveryEngine(allDeps, { recordLingerMs: 1, ...options });
      return { engine, sender, wake };
    },

    addApplication: async (more = {}) => {
      const application: Application = {
        id: ids.next('app_'),
        environmentId,
        name: 'Customer',
        metadata: {},
        version: 1,
        createdAt: at,
        updatedAt: at,
        ...more,
      };
      await storage.createApplication({ application });
      return application;
    },

    addEndpoint: async (application, more = {}) => {
      const id = ids.next('ep_');
      const endpoint: Endpoint = {
        id,
        environmentId,
        applicationId: application.id,
        url: `https://receiver.example/${id}`,
        description: '',
        metadata: {},
        disabled: false,
        headers: {},
        version: 1,
        createdAt: at,
        updatedAt: at,
        ...more,
      };
      await storage.createEndpoint({ endpoint, secrets: [{ scheme: 'v1', key: signingKey, createdAt: at }] });
      return endpoint;
    },

    deliveriesOf: (messageId) => listDeliveries(storage, messageId),

    attemptsOf: async (message) => {
      const { items } = await storage.listAttempts({
        environmentId,
        applicationId: message.applicationId,
        filter: { messageId: message.id },
        page,
      });
      return items;
    },

    count: () => storage.countDeliveries({ environmentId, filter: {} }),
  };
}

async function listDeliveries(storage: Storage, messageId: string): Promise<readonly Delivery[]> {
  const { items } = await storage.listDeliveries({ environmentId, filter: { messageId }, page });
  return items;
}

/** Publishes a small message; fails the test when it is not accepted. */
export async function publish(
  engine: DeliveryEngine,
  application: Application,
  draft: Partial<MessageDraft> = {},
): Promise<Message> {
  const result = await engine.publish({ application, message: toDraft(draft) });
  if (result.outcome !== 'appended') throw new Error(`The publish ended in ${result.outcome}.`);
  return result.message;
}

export function toDraft(draft: Partial<MessageDraft> = {}): MessageDraft {
  return { eventType: 'invoice.paid', payload: '{"amount":1}', ...draft };
}

export function outcomesOf(results: readonly PublishResult[]): string[] {
  return results.map(({ outcome }) => outcome);
}
