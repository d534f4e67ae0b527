import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { openStream, type OpenStream } from './support/event-stream.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

/** On PostgreSQL the events come from another replica than the one that shows them. */
describe.each(storageKinds)('the live stream on $name', (kind) => {
  describe.skipIf(!kind.available)('of real servers', () => {
    let storage: StorageUnderTest;
    let receiver: Receiver;
    let servers: RunningServer[];
    let shown: RunningServer;
    let works: RunningServer;
    let app: string;
    let streams: OpenStream[] = [];

    const open = async (options: { key?: string; query?: string; lastEventId?: string } = {}) => {
      const stream = await openStream(shown, options);
      streams.push(stream);
      return stream;
    };
    const publish = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        await callApi(works, { path: `/app/${app}/msg`, body: { eventType: 'live.test', payload: { n } } });
      }
    };
    const makeKey = async (scopes: readonly string[]) => {
      const { body } = await callApi<{ id: string; key: string }>(works, {
        path: '/keys',
        body: { name: 'k', scopes },
      });
      return body;
    };

    beforeAll(async () => {
      storage = await kind.create();
      receiver = await startReceiver();
      works = await startServer(storage.environment);
      servers = [works];
      if (kind.name === 'postgres') {
        servers.push(await startServer({ ...storage.environment, POSTRIDER_ROLE: 'api' }));
      }
      shown = servers.at(-1) as RunningServer;
      app = (await createApplication(works, [receiver.url])).applicationId;
    });
    afterEach(() => {
      for (const stream of streams) stream.close();
      streams = [];
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await receiver.close();
      await storage.drop();
    });

    it('shows attempts and the ends of deliveries as they happen, of its environment only', async () => {
      const stream = await open();
      const { body: other } = await callApi<{ key: { key: string } }>(works, {
        path: '/environments',
        body: { name: 'Other' },
      });
      const foreign = await open({ key: other.key.key });
      await publish(2);
      const seen = await stream.waitFor(
        (events) => events.filter(({ event }) => event === 'delivery.ended').length === 2,
      );
      const ofOne = seen.filter(({ data }) => data['deliveryId'] === seen[0]?.data['deliveryId']);
      expect(ofOne.map(({ event }) => event)).toEqual(['attempt', 'delivery.ended']);
      expect(ofOne[0]?.data).toMatchObject({ appId: app, outcome: 'succeeded', responseStatusCode: 200, number: 1 });
      expect(ofOne[1]?.data).toMatchObject({ status: 'delivered', eventType: 'live.test' });
      expect(JSON.stringify(seen)).not.toContain('"payload"');
      expect(foreign.events).toEqual([]);
    });

    it('goes on after a break where it was, repeats nothing that it does not name, and says when it cannot know', async () => {
      const first = await open({ query: '?types=delivery.ended' });
      await publish(1);
      const [last] = await first.waitFor((events) => events.length === 1);
      first.close();
      await publish(3);
      await receiver.waitFor((requests) => requests.length >= 6);
      const again = await open({ query: '?types=delivery.ended', lastEventId: String(last?.id) });
      const missed = receiver.requests.slice(-3).map(({ webhookId }) => webhookId);
      const seen = await again.waitFor((events) =>
        missed.every((id) => events.some(({ data }) => data['msgId'] === id)),
      );
      expect(seen.map(({ event }) => event)).not.toContain('gap');
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(seen.map(({ id }) => id)).not.toContain(last?.id);
      const lost = await open({ lastEventId: 'atmpt_of-long-ago' });
      await lost.waitFor((events) => events[0]?.event === 'gap');
    });

    it('shows one application when asked, and tells of changes of endpoints', async () => {
      const { body } = await callApi<{ id: string }>(works, { path: '/app', body: { name: 'Other' } });
      const [own, others] = [await open({ query: `?app_id=${body.id}` }), await open({ query: `?app_id=${app}` })];
      await callApi(works, { path: `/app/${body.id}/endpoint`, body: { url: receiver.url } });
      await own.waitFor((events) => events.some(({ event }) => event === 'endpoint.created'));
      expect(others.events).toEqual([]);
      expect((await openStream(shown, { query: '?app_id=nobody' })).status).toBe(404);
    });

    it('needs a key that may read messages, ends when the key is revoked, and bounds the streams of a key', async () => {
      const reader = await makeKey(['messages:read']);
      const writer = await makeKey(['messages:write']);
      expect((await openStream(shown, { key: writer.key })).status).toBe(403);
      expect((await openStream(shown, { key: 'nonsense' })).status).toBe(401);
      const own = await Promise.all(Array.from({ length: 10 }, () => open({ key: reader.key })));
      expect(own.map(({ status }) => status)).toEqual(own.map(() => 200));
      expect((await openStream(shown, { key: reader.key })).status).toBe(429);
      own.pop()?.close();
      await expect.poll(async () => (await open({ key: reader.key })).status, { timeout: 5_000 }).toBe(200);
      await callApi(works, { path: `/keys/${reader.id}`, method: 'DELETE' });
      await Promise.race(own.map((stream) => stream.ended));
    });
  });
});
