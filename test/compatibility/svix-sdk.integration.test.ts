/**
 * The official npm SDK, both of its current major versions, drives the real server over the main job. Only the server
 * URL is ours.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Svix, Webhook } from 'svix';
import { Svix as SvixV1 } from 'svix-v1';
import { startReceiver, type Receiver } from '../e2e/support/receiver.js';
import { startServer, type RunningServer } from '../e2e/support/server.js';
import { storageKinds, type StorageUnderTest } from '../e2e/support/storages.js';

const sdks = [
  {
    version: 'v1',
    connect: (server: RunningServer) => new SvixV1(server.apiKey, { serverUrl: server.url }) as unknown as Svix,
  },
  { version: 'v2', connect: (server: RunningServer) => new Svix(server.apiKey, { serverUrl: server.url }) },
];

describe.each(storageKinds)('svix SDK on $name', (kind) => {
  describe.skipIf(!kind.available).each(sdks)('$version', ({ version, connect }) => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let svix: Svix;

    beforeAll(async () => {
      storage = await kind.create();
      server = await startServer(storage.environment);
      receiver = await startReceiver();
      svix = connect(server);
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    it('creates an application, event types and an endpoint, publishes, verifies and lists the attempt', async () => {
      const uid = `customer-${version}`;
      const application = await svix.application.create({ name: 'Customer', uid });
      expect(application).toMatchObject({ name: 'Customer', uid });
      expect((await svix.application.getOrCreate({ name: 'Customer', uid })).id).toBe(application.id);

      await svix.eventType.create({ name: 'invoice.paid', description: 'An invoice was paid' });
      await svix.eventType.create({ name: 'invoice.void', description: 'An invoice was voided' });
      expect((await svix.eventType.list()).data.map(({ name }) => name)).toEqual(['invoice.paid', 'invoice.void']);

      // The newer SDK says eventTypes, the older one filterTypes, for the same list.
      const endpoint = await svix.endpoint.create(uid, {
        url: `${receiver.url}/sdk`,
        ...(version === 'v1' ? { filterTypes: ['invoice.paid'] } : { eventTypes: ['invoice.paid'] }),
      });
      const { key } = await svix.endpoint.getSecret(uid, endpoint.id);

      const message = await svix.message.create(uid, { eventType: 'invoice.paid', payload: { amount: 1299 } });
      await svix.message.create(uid, { eventType: 'invoice.void', payload: { amount: 0 } });
      await receiver.waitFor((requests) => requests.length > 0);
      const received = receiver.requests[0];
      expect(received?.webhookId).toBe(message.id);
      const headers = received?.headers as Record<string, string>;
      expect(() => new Webhook(key).verify(received?.body ?? '', headers)).not.toThrow();
      expect(() => new Webhook(key).verify('{"amount":1}', headers)).toThrow('No matching signature found');
      expect(received?.body).toBe('{"amount":1299}');

      await expect
        .poll(async () => (await svix.messageAttempt.listByMsg(uid, message.id)).data)
        .toMatchObject([{ msgId: message.id, endpointId: endpoint.id, responseStatusCode: 200, status: 0 }]);
      expect((await svix.messageAttempt.listByEndpoint(uid, endpoint.id)).data).toHaveLength(1);
      expect((await svix.messageAttempt.listAttemptedDestinations(uid, message.id)).data).toMatchObject([
        { id: endpoint.id, status: 0 },
      ]);
      expect((await svix.messageAttempt.listAttemptedMessages(uid, endpoint.id)).data).toMatchObject([
        { id: message.id, status: 0, eventType: 'invoice.paid' },
      ]);
      // The newer SDK asks for the payload, the older one gets it unless it declines.
      expect((await svix.message.get(uid, message.id, { withContent: true })).payload).toEqual({ amount: 1299 });
    });

    it('rotates a secret so that old and new verify, patches headers, resends, and deletes', async () => {
      const application = await svix.application.create({ name: 'Rotation' });
      const endpoint = await svix.endpoint.create(application.id, { url: `${receiver.url}/rotate` });
      const before = await svix.endpoint.getSecret(application.id, endpoint.id);
      await svix.endpoint.rotateSecret(application.id, endpoint.id, {});
      const after = await svix.endpoint.getSecret(application.id, endpoint.id);
      expect(after.key).not.toBe(before.key);
      await svix.endpoint.patchHeaders(application.id, endpoint.id, { headers: { 'x-tenant': 'blue' } });
      expect((await svix.endpoint.getHeaders(application.id, endpoint.id)).headers).toEqual({ 'x-tenant': 'blue' });

      const message = await svix.message.create(application.id, { eventType: 'key.rotated', payload: { n: 1 } });
      const ofMessage = () => receiver.requests.filter(({ webhookId }) => webhookId === message.id);
      await receiver.waitFor(() => ofMessage().length > 0);
      for (const { key } of [before, after]) {
        const [request] = ofMessage();
        expect(() => new Webhook(key).verify(request?.body ?? '', request?.headers as never)).not.toThrow();
      }
      expect(ofMessage()[0]?.headers['x-tenant']).toBe('blue');

      await expect
        .poll(async () => (await svix.messageAttempt.listByMsg(application.id, message.id)).data)
        .toHaveLength(1);
      await svix.messageAttempt.resend(application.id, message.id, endpoint.id);
      await receiver.waitFor(() => ofMessage().length >= 2);

      await svix.endpoint.delete(application.id, endpoint.id);
      await expect(svix.endpoint.get(application.id, endpoint.id)).rejects.toMatchObject({ code: 404 });
      await svix.application.delete(application.id);
      await expect(svix.application.get(application.id)).rejects.toMatchObject({ code: 404 });
    });

    it('pages through applications in both directions', async () => {
      const names = Array.from({ length: 7 }, (_, index) => `Page ${index}`);
      for (const name of names) await svix.application.create({ name });
      const seen: string[] = [];
      let iterator: string | null | undefined;
      do {
        const page = await svix.application.list({ limit: 3, ...(iterator != null && { iterator }) });
        seen.push(...page.data.map(({ name }) => name));
        iterator = page.done ? undefined : page.iterator;
      } while (iterator != null);
      expect(seen.filter((name) => name.startsWith('Page'))).toEqual(names);
    });
  });
});
