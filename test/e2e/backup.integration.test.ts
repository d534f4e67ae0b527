/** A backup of a store with deliveries in every state, restored into a new one where the work goes on. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { runCommand } from './support/command.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds } from './support/storages.js';

/** Fewer than failures in a row open a breaker, so that nothing happens while a server is looked at. */
const messages = 4;
const kinds = storageKinds.filter(({ available }) => available);
/** Each to the next one, so that both are written and read; to itself where there is only one. */
const ways = kinds.map((from, index) => {
  const to = kinds[(index + 1) % kinds.length] ?? from;
  return { from, to, way: `${from.name} to ${to.name}` };
});

interface Ledger {
  readonly pending: number;
  readonly inFlight: number;
  readonly dead: number;
  readonly delivered: number;
}

interface Delivery {
  readonly id: string;
  readonly appId: string;
  readonly endpointId: string;
}

interface Snapshot {
  readonly ledger: Ledger;
  readonly deliveries: readonly Delivery[];
  readonly attempts: readonly unknown[];
}

describe.each(ways)('a backup from $way', ({ from, to }) => {
  it('keeps the ledger and every attempt, and what waited is delivered from there', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'postrider-backup-'));
    const secrets = { POSTRIDER_SECRETS_KEY: randomBytes(32).toString('base64'), POSTRIDER_RETRY_SCHEDULE: '1h' };
    const receiver = await startReceiver();
    const [source, target] = [await from.create(), await to.create()];
    const servers: RunningServer[] = [];
    const start = async (environment: Readonly<Record<string, string>>): Promise<RunningServer> => {
      const server = await startServer({ ...environment, ...secrets });
      servers.push(server);
      return server;
    };
    try {
      const server = await start(source.environment);
      const { applicationId } = await createApplication(server, [`${receiver.url}/good`, `${receiver.url}/failing`]);
      await publishAll(server, { applicationId, receiver });
      const before = await readAll(server);
      expect(before.ledger).toMatchObject({ delivered: messages, pending: messages, inFlight: 0, dead: 0 });
      expect(before.attempts).toHaveLength(2 * messages);
      await server.stop();

      const file = join(directory, 'all.backup.gz');
      await runCommand({ ...source.environment, ...secrets }, 'backup', 'create', file);
      await runCommand({ ...target.environment, ...secrets }, 'backup', 'restore', file);
      const restored = await start(target.environment);
      expect(await readAll(restored)).toEqual(before);

      receiver.answerWith(() => ({ status: 200 }));
      await deliverWaiting(restored);
    } finally {
      await Promise.all(servers.map((server) => server.kill()));
      await receiver.close();
      await source.drop();
      await target.drop();
      rmSync(directory, { recursive: true, force: true });
    }
  }, 180_000);
});

/** Publishes; one endpoint takes everything, the other nothing for now. */
async function publishAll(
  server: RunningServer,
  { applicationId, receiver }: { applicationId: string; receiver: Receiver },
): Promise<void> {
  receiver.answerWith(({ path }) => ({ status: path === '/good' ? 200 : 500 }));
  for (let n = 0; n < messages; n += 1) {
    const body = { eventType: 'invoice.paid', payload: { n } };
    expect((await callApi(server, { path: `/app/${applicationId}/msg`, body })).status).toBe(202);
  }
  const arrived = (path: string) => receiver.requests.filter((request) => request.path === path).length;
  await receiver.waitFor(() => arrived('/good') === messages && arrived('/failing') === messages);
  await ledgerBecomes(server, { delivered: messages, pending: messages });
}

/** Hurries what waits for its retry an hour ahead. */
async function deliverWaiting(server: RunningServer): Promise<void> {
  const path = '/deliveries?status=pending&limit=250';
  const { body } = await callApi<{ data: Delivery[] }>(server, { path });
  expect(body.data).toHaveLength(messages);
  for (const { id } of body.data) await callApi(server, { path: `/deliveries/${id}/retry`, body: {} });
  await ledgerBecomes(server, { delivered: 2 * messages, pending: 0 });
}

async function ledgerBecomes(server: RunningServer, expected: Partial<Ledger>): Promise<void> {
  const read = async () => (await callApi<Ledger>(server, { path: '/ledger' })).body;
  await expect.poll(read, { timeout: 60_000, interval: 200 }).toMatchObject({ ...expected, inFlight: 0 });
}

async function readAll(server: RunningServer): Promise<Snapshot> {
  const { body: ledger } = await callApi<Ledger>(server, { path: '/ledger' });
  const deliveries = await callApi<{ data: Delivery[] }>(server, { path: '/deliveries?limit=250' });
  const endpoints = new Map(deliveries.body.data.map(({ appId, endpointId }) => [endpointId, appId]));
  const attempts: unknown[] = [];
  for (const [endpointId, appId] of endpoints) {
    const path = `/app/${appId}/attempt/endpoint/${endpointId}?limit=250`;
    attempts.push(...(await callApi<{ data: readonly unknown[] }>(server, { path })).body.data);
  }
  return { ledger, deliveries: deliveries.body.data, attempts };
}
