import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { check, type Violation } from '../../chaos/src/checker.ts';
import { createPostgresLedger, createSqliteLedger, type Ledger } from '../../chaos/src/ledger.ts';
import type { DeliveryRow } from '../../chaos/src/ledger-rows.ts';
import type { Accepted } from '../../chaos/src/producer.ts';
import { hashOf, startReceivers, type Manners, type Receivers } from '../../chaos/src/receivers.ts';
import { readApiStatus, type Customer } from '../../chaos/src/stage.ts';
import { callApi, createApplication, readSecret } from '../../e2e/support/api.ts';
import { startServer, type RunningServer } from '../../e2e/support/server.ts';
import type { StorageKind, StorageUnderTest } from '../../e2e/support/storages.ts';

/** The shortest lease that the server takes, and a reaper that looks every second: takeovers within seconds. */
export const leaseMs = 11_500;
const reapIntervalMs = 1_000;

/** Environment of every server of a drill, beside its storage. */
const quickEnvironment = {
  NODE_ENV: 'test',
  POSTRIDER_ATTEMPT_TIMEOUT_MS: '1000',
  POSTRIDER_LEASE_MS: String(leaseMs),
  POSTRIDER_RETRY_SCHEDULE: '1s,1s,1s,1s,1s,1s,1s,1s,1s,1s',
  POSTRIDER_LOG_LEVEL: 'warn',
  POSTRIDER_METRICS_PORT: '0',
  POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({ '@postrider/delivery': { reapIntervalMs } }),
};

/** Real servers on one storage, receivers that log what they see, and a verdict by the invariants of delivery. */
export interface Drill {
  readonly storage: StorageUnderTest;
  readonly ledger: Ledger;
  readonly receivers: Receivers;
  readonly accepted: ReadonlyMap<string, Accepted>;
  /** Starts a server; it is killed at the end of the drill when it still runs. */
  start(environment?: Readonly<Record<string, string>>): Promise<RunningServer>;
  /** Makes an application with an endpoint for each entry: key in the receivers' paths, and how the receiver behaves. */
  addCustomer(server: RunningServer, endpoints: Readonly<Record<string, Manners>>): Promise<Customer>;
  /** Publishes one message; answers its id when it was accepted. */
  publish(server: RunningServer, customer: Customer): Promise<string | undefined>;
  /** Publishes so many at once and waits for the answers; answers how many were accepted. */
  publishMany(server: RunningServer, customer: Customer, count: number): Promise<number>;
  /** Remembers what has ended by now: it may not change any more. */
  noteEnds(): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settle(timeoutMs?: number): Promise<void>;
  /** Waits until everything has ended and judges. */
  verdict(server: RunningServer): Promise<readonly Violation[]>;
  close(): Promise<void>;
}

const endings = new Set(['delivered', 'dead_letter', 'cancelled']);

export async function startDrill(
  kind: Pick<StorageKind, 'name' | 'create'> & {
    /** Where to read what the servers wrote when their own way to the database may be broken. */
    readonly ledgerUrl?: string;
  },
  given: Readonly<Record<string, string>> = {},
): Promise<Drill> {
  const storage = await kind.create();
  const ledger = kind.ledgerUrl === undefined ? openLedger(storage) : createPostgresLedger(kind.ledgerUrl);
  const manners = new Map<string, Manners>();
  const receivers = await startReceivers(manners);
  const servers: RunningServer[] = [];
  const customers: Customer[] = [];
  const accepted = new Map<string, Accepted>();
  const endedEarlier = new Map<string, DeliveryRow>();

  const publish: Drill['publish'] = async (server, { applicationId }) => {
    const payload = { number: accepted.size, padding: 'x'.repeat(100) };
    const body = { eventType: 'fault.test', payload };
    const answer = await callApi<{ id: string }>(server, {
      path: `/app/${applicationId}/msg`,
      body,
      idempotencyKey: randomUUID(),
    }).catch(() => undefined);
    if (answer?.status !== 202) return undefined;
    const messageId = answer.body.id;
    accepted.set(messageId, { messageId, applicationId, bodyHash: hashOf(JSON.stringify(payload)) });
    return messageId;
  };
  const settle: Drill['settle'] = async (timeoutMs = 60_000) => {
    const endMs = performance.now() + timeoutMs;
    for (;;) {
      const open = (await ledger.readDeliveries()).filter(({ status }) => !endings.has(status));
      if (open.length === 0) return;
      if (performance.now() > endMs) throw new Error(`${String(open.length)} deliveries have not ended in time.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  return {
    storage,
    ledger,
    receivers,
    accepted,
    publish,
    settle,
    async start(environment = {}) {
      const server = await startServer({ ...quickEnvironment, ...storage.environment, ...given, ...environment });
      servers.push(server);
      return server;
    },
    async addCustomer(server, endpoints) {
      for (const [key, own] of Object.entries(endpoints)) manners.set(key, own);
      const keys = Object.keys(endpoints);
      const urls = keys.map((key) => receivers.urlOf(key));
      const { applicationId, endpointIds } = await createApplication(server, urls);
      const customer: Customer = {
        applicationId,
        endpoints: await Promise.all(
          endpointIds.map(async (id, index) => ({
            id,
            key: keys[index] ?? '',
            manners: endpoints[keys[index] ?? ''] ?? 'good',
            secrets: [await readSecret(server, { applicationId, endpointId: id })],
          })),
        ),
        toggledEndpointId: '',
      };
      customers.push(customer);
      return customer;
    },
    async publishMany(server, customer, count) {
      const ids = await Promise.all(Array.from({ length: count }, () => publish(server, customer)));
      return ids.filter((id) => id !== undefined).length;
    },
    async noteEnds() {
      for (const row of await ledger.readDeliveries()) {
        if (endings.has(row.status) && !endedEarlier.has(row.id)) endedEarlier.set(row.id, row);
      }
    },
    async verdict(server) {
      await settle();
      const sample = [...accepted.values()].slice(-20);
      const statuses = await Promise.all(
        sample.map(async (message) => [message.messageId, await readApiStatus(server, message)] as const),
      );
      return check({
        accepted,
        seen: receivers.seen,
        customers,
        deliveries: await ledger.readDeliveries(),
        attempts: await ledger.readAttempts(),
        endedEarlier,
        apiStatuses: new Map(statuses),
        peakResidentBytes: 0,
      });
    },
    async close() {
      await Promise.all(servers.map((server) => server.kill()));
      await receivers.close();
      await storage.drop();
    },
  };
}

function openLedger({ environment }: StorageUnderTest): Ledger {
  const url = environment['POSTRIDER_DATABASE_URL'];
  if (url !== undefined) return createPostgresLedger(url);
  return createSqliteLedger(join(environment['POSTRIDER_DATA_DIR'] ?? '', 'postrider.db'));
}

/** How often receivers saw each message. */
export function requestCounts(receivers: Receivers): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { webhookId } of receivers.seen) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
  return counts;
}

/** Resolves as soon as it holds, rejects after `timeoutMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<number> {
  const startedMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedMs > timeoutMs) throw new Error(`Not within ${String(timeoutMs)} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - startedMs;
}
