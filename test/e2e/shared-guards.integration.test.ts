import { requireService, startOwnRedis, type OwnRedis } from '@postrider/test-support';
import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const postgres = storageKinds.find(({ name }) => name === 'postgres');
const redisService = requireService('redis', import.meta.url);

describe.skipIf(!postgres?.available || !redisService.available)('two servers that share breakers in Redis', () => {
  let storage: StorageUnderTest | undefined;
  let receiver: Receiver | undefined;
  let redis: OwnRedis | undefined;
  let servers: RunningServer[] = [];

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
    await redis?.kill();
    await receiver?.close();
    await storage?.drop();
  });

  it('open one together, and lose nothing when Redis is killed under load', async () => {
    storage = await postgres!.create();
    receiver = await startReceiver();
    const own = await startOwnRedis();
    redis = own;
    const environment = { ...storage.environment, POSTRIDER_REDIS_URL: own.url };
    servers = await Promise.all([0, 1].map(() => startServer(environment)));
    const [first, second] = servers;
    if (first === undefined || second === undefined) throw new Error('Two servers were started.');
    const failing = await createApplication(first, [`${receiver.url}/failing`]);
    const healthy = await createApplication(first, [`${receiver.url}/healthy`]);
    receiver.answerWith(({ path }) => ({ status: path === '/failing' ? 500 : 200 }));
    const publish = (server: RunningServer, applicationId: string) =>
      callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: 'guards.shared', payload: {} } });
    const requestsTo = (path: string) => receiver?.requests.filter((request) => request.path === path).length ?? 0;

    // One after the other, so that every result is known before the next request.
    for (let n = 0; n < 24; n += 1) {
      const before = requestsTo('/failing');
      await publish(n % 2 === 0 ? first : second, failing.applicationId);
      await receiver.waitFor(() => requestsTo('/failing') > before, 300).catch(() => undefined);
    }
    // Ten failures of both together open it; one of the two may hear of it with a request of its own.
    expect(requestsTo('/failing')).toBeGreaterThanOrEqual(10);
    expect(requestsTo('/failing')).toBeLessThanOrEqual(13);

    const ids: unknown[] = [];
    for (let n = 0; n < 200; n += 1) {
      if (n === 50) await own.kill();
      const answer = await publish(n % 2 === 0 ? first : second, healthy.applicationId);
      expect(answer.status).toBe(202);
      ids.push(answer.body['id']);
    }
    const arrived = (): Set<unknown> =>
      new Set(receiver?.requests.filter(({ path }) => path === '/healthy').map(({ webhookId }) => webhookId));
    await receiver.waitFor(() => arrived().size >= 200);
    expect(arrived()).toEqual(new Set(ids));
    expect(requestsTo('/healthy')).toBe(200);
  }, 90_000);
});
