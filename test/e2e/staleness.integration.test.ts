import {
  requireService,
  startFaultProxy,
  startOwnRedis,
  type FaultProxy,
  type OwnRedis,
} from '@postrider/test-support';
import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const postgres = storageKinds.find(({ name }) => name === 'postgres');
const redisService = requireService('redis', import.meta.url);

/** How old what a replica knows may be, in milliseconds: told by hints, and left to its caches. */
const told = 1_000;
const untold = 5_000;
/** What a machine that is busy with other tests may add. */
const slackMs = 1_000;

interface Replicas {
  /** Takes the changes. */
  readonly first: RunningServer;
  /** Has to hear of them, and is the one that delivers. */
  readonly second: RunningServer;
}

describe.skipIf(!postgres?.available)('two replicas on one PostgreSQL', () => {
  let storage: StorageUnderTest;
  let receiver: Receiver;
  const servers: RunningServer[] = [];
  let redis: OwnRedis | undefined;
  let proxy: FaultProxy | undefined;

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    await receiver.close();
    await proxy?.close();
    await redis?.kill();
    [proxy, redis] = [undefined, undefined];
    await storage.drop();
  });

  const startReplicas = async (
    options: Readonly<Record<string, unknown>>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Replicas> => {
    receiver = await startReceiver();
    const plugins = { POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({ '@postrider/storage-postgres': options }) };
    const start = async (role: string): Promise<RunningServer> => {
      const variables = { ...storage.environment, ...environment, ...plugins, POSTRIDER_ROLE: role };
      const server = await startServer(variables);
      servers.push(server);
      return server;
    };
    // One after the other: the first migrates the database.
    return { first: await start('api'), second: await start('all') };
  };

  /** The time from now until `isHonoured` is asked and says so. */
  const timeUntil = async (isHonoured: () => Promise<boolean>): Promise<number> => {
    const startedMs = performance.now();
    for (;;) {
      const sinceMs = performance.now() - startedMs;
      if (await isHonoured()) return sinceMs;
      if (sinceMs > 2 * untold) return Number.POSITIVE_INFINITY;
    }
  };
  const publish = async (server: RunningServer, applicationId: string): Promise<string> => {
    const body = { eventType: 'stale.test', payload: {} };
    return (await callApi<{ id: string }>(server, { path: `/app/${applicationId}/msg`, body })).body.id;
  };
  const arrivedAt = async (messageId: string): Promise<string | undefined> => {
    const isIt = ({ webhookId }: { webhookId: string }) => webhookId === messageId;
    await receiver.waitFor((requests) => requests.some(isIt));
    return receiver.requests.find(isIt)?.path;
  };

  /** Each makes the second replica look, has the first one make a change, and tells how long the second one needs. */
  const changes: Readonly<Record<string, (replicas: Replicas) => Promise<number>>> = {
    async 'a new endpoint'({ first, second }) {
      const { applicationId } = await createApplication(first, []);
      await publish(second, applicationId);
      const body = { url: `${receiver.url}/new` };
      await callApi(first, { path: `/app/${applicationId}/endpoint`, body });
      return timeUntil(async () => {
        const path = `/app/${applicationId}/msg/${await publish(second, applicationId)}/endpoint`;
        return (await callApi<{ data: readonly unknown[] }>(second, { path })).body.data.length > 0;
      });
    },
    async 'a changed endpoint'({ first, second }) {
      const { applicationId, endpointIds } = await createApplication(first, [`${receiver.url}/before`]);
      expect(await arrivedAt(await publish(second, applicationId))).toBe('/before');
      const path = `/app/${applicationId}/endpoint/${endpointIds[0]!}`;
      const changed = await callApi(first, { method: 'PUT', path, body: { url: `${receiver.url}/after` } });
      expect(changed.status).toBe(200);
      return timeUntil(async () => (await arrivedAt(await publish(second, applicationId))) === '/after');
    },
    async 'a revoked key'({ first, second }) {
      const body = { name: 'To be revoked', scopes: ['applications:read'] };
      const key = await callApi<{ id: string; key: string }>(first, { path: '/keys', body });
      const look = async () => (await callApi({ url: second.url, apiKey: key.body.key }, { path: '/app' })).status;
      expect(await look()).toBe(200);
      expect((await callApi(first, { method: 'DELETE', path: `/keys/${key.body.id}` })).status).toBe(204);
      return timeUntil(async () => (await look()) === 401);
    },
  };

  const expectHonoured = async (how: string, { replicas, goalMs }: { replicas: Replicas; goalMs: number }) => {
    const measured = await Promise.all(
      Object.entries(changes).map(async ([name, change]) => [name, await change(replicas)] as const),
    );
    for (const [name, tookMs] of measured) {
      console.log(`Staleness ${how}: ${name} after ${tookMs.toFixed(0)} ms (goal: ${String(goalMs)})`);
    }
    expect(Math.max(...measured.map(([, tookMs]) => tookMs))).toBeLessThan(goalMs + slackMs);
  };

  it('with LISTEN/NOTIFY: what one changes the other honours within a second', async () => {
    storage = await postgres!.create();
    const replicas = await startReplicas({});
    await expectHonoured('with LISTEN/NOTIFY', { replicas, goalMs: told });
  }, 90_000);

  it.skipIf(!redisService.available)(
    'with Redis alone: what one changes the other honours within a second',
    async () => {
      storage = await postgres!.create();
      redis = await startOwnRedis();
      const replicas = await startReplicas({ listen: false }, { POSTRIDER_REDIS_URL: redis.url });
      await expectHonoured('with Redis', { replicas, goalMs: told });
    },
    90_000,
  );

  it('with neither: within five seconds', async () => {
    storage = await postgres!.create();
    await expectHonoured('without hints', { replicas: await startReplicas({ listen: false }), goalMs: untold });
  }, 90_000);

  it('with LISTEN in a black hole, which nobody notices at first: within five seconds', async () => {
    storage = await postgres!.create();
    const url = new URL(storage.environment['POSTRIDER_DATABASE_URL']!);
    proxy = await startFaultProxy({ host: url.hostname, port: Number(url.port || 5432) });
    url.host = `${proxy.host}:${String(proxy.port)}`;
    const replicas = await startReplicas({ listenUrl: url.href });
    await expect.poll(() => proxy?.connections, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    proxy.blackhole();
    await expectHonoured('with LISTEN in a black hole', { replicas, goalMs: untold });
  }, 90_000);
});
