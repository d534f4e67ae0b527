import {
  createIdGenerator,
  createLocalWake,
  silentLogger,
  systemClock,
  systemRandom,
  type Application,
  type Endpoint,
} from '@postrider/core';
import {
  createDeliveryEngine,
  createEgressPolicy,
  createSender,
  generateSecret,
  type DeliveryEngine,
} from '@postrider/delivery';
import { openStorage, type StorageName } from './open-storage.ts';

/** A customer with one endpoint. */
export interface Customer {
  readonly application: Application;
  readonly endpoint: Endpoint;
}

/** An empty installation on a storage of its own, on which engines run one after the other. */
export interface Installation {
  addCustomer(url: string): Promise<Customer>;
  /** Stores messages that are due and in nobody's hands. */
  addBacklog(customer: Customer, rows: number): Promise<void>;
  /** A running engine with a real sender. */
  startEngine(options: { timeoutMs: number }): Promise<{ readonly engine: DeliveryEngine; stop(): Promise<void> }>;
  /** How long the attempts took that were recorded last, a few hundred of each endpoint at most. */
  attemptDurationsMs(): Promise<readonly number[]>;
  remove(): Promise<void>;
}

const environmentId = 'env_1';
const backlogBatch = 1_000;

export async function createInstallation(name: StorageName): Promise<Installation> {
  const opened = await openStorage(name);
  const { storage } = opened;
  const ids = createIdGenerator({ clock: systemClock, random: systemRandom });
  const createdAt = systemClock.now();
  const customers: Customer[] = [];
  const base = { environmentId, createdAt, updatedAt: createdAt, version: 1, metadata: {} };
  await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Benchmark', createdAt } });
  return {
    async addCustomer(url) {
      const application = { id: ids.next('app_'), name: 'Benchmark', ...base };
      await storage.createApplication({ application });
      const owner = { applicationId: application.id, description: '', disabled: false, headers: {} };
      const endpoint = { id: ids.next('ep_'), url, ...owner, ...base };
      const secret = { scheme: 'v1' as const, key: generateSecret(systemRandom), createdAt };
      await storage.createEndpoint({ endpoint, secrets: [secret] });
      customers.push({ application, endpoint });
      return { application, endpoint };
    },
    async attemptDurationsMs() {
      const page = { limit: 250, order: 'descending' } as const;
      const lists = await Promise.all(
        customers.map(async ({ application, endpoint }) => {
          const path = { environmentId, applicationId: application.id };
          return storage.listAttempts({ ...path, filter: { endpointId: endpoint.id }, page });
        }),
      );
      return lists.flatMap(({ items }) => items.map(({ durationMs }) => durationMs));
    },
    async addBacklog({ application, endpoint }, rows) {
      for (let stored = 0; stored < rows; stored += backlogBatch) {
        const now = systemClock.now();
        const entries = Array.from({ length: Math.min(backlogBatch, rows - stored) }, () => {
          const owner = { environmentId, applicationId: application.id, createdAt: now };
          const message = { id: ids.next('msg_'), ...owner, eventType: 'bench.event', payload: '{}' };
          const delivery = { id: ids.next('dlv_'), endpointId: endpoint.id, trigger: 'scheduled' as const, dueAt: now };
          return { message, deliveries: [delivery] };
        });
        await storage.appendMessages({ entries, now });
      }
      await opened.maintain();
    },
    async startEngine(options) {
      const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
      const sender = createSender({ policy });
      const deps = { storage, sender, clock: systemClock, random: systemRandom, logger: silentLogger };
      const engine = createDeliveryEngine({ ...deps, wake: createLocalWake({ logger: silentLogger }) }, options);
      await engine.start();
      return {
        engine,
        stop: async () => {
          await engine.drain({ deadlineMs: 0 });
          await engine.stop();
          await sender.close();
        },
      };
    },
    remove: () => opened.remove(),
  };
}
