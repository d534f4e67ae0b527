/** The typed client against the real server: what it sends is understood, and what it is answered is what it promises. */
import { createClient, PostriderApiError, unwrap, type PostriderClient } from '@postrider/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const api = '/api/v1';

describe.each(storageKinds)('the client on $name', (kind) => {
  describe.skipIf(!kind.available)('with the real server', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let client: PostriderClient;

    beforeAll(async () => {
      storage = await kind.create();
      // One attempt, and no other for so long that only a retry by hand brings it.
      server = await startServer({ ...storage.environment, POSTRIDER_RETRY_SCHEDULE: '1h' });
      receiver = await startReceiver();
      client = createClient({ serverUrl: server.url, apiKey: server.apiKey });
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    /** A customer with an endpoint at the path of its name. */
    const addCustomer = async (uid: string) => {
      await unwrap(client.POST(`${api}/app`, { body: { name: uid, uid } }));
      const path = { app_id: uid };
      const url = `${receiver.url}/${uid}`;
      return unwrap(client.POST(`${api}/app/{app_id}/endpoint`, { params: { path }, body: { url } }));
    };
    const publish = (uid: string, eventId: string, header: { 'idempotency-key'?: string } = {}) =>
      unwrap(
        client.POST(`${api}/app/{app_id}/msg`, {
          params: { path: { app_id: uid }, header },
          body: { eventType: 'invoice.paid', eventId, payload: { eventId } },
        }),
      );

    it('publishes, and lists messages page by page', async () => {
      await addCustomer('pages');
      for (const eventId of ['one', 'two', 'three']) await publish('pages', eventId);
      const path = { app_id: 'pages' };
      const list = (iterator?: string) =>
        unwrap(
          client.GET(`${api}/app/{app_id}/msg`, {
            params: { path, query: { limit: 2, ...(iterator && { iterator }) } },
          }),
        );
      const first = await list();
      const second = await list(first.iterator ?? '');
      expect([...first.data, ...second.data].map(({ eventId }) => eventId)).toEqual(['three', 'two', 'one']);
      expect([first.done, second.done]).toEqual([false, true]);
      await receiver.waitFor((requests) => requests.filter((request) => request.path === '/pages').length === 3);
    });

    it('finds a delivery that failed, tells why, and retries it', async () => {
      const endpoint = await addCustomer('failing');
      receiver.answerWith(({ path }) => ({ status: path === '/failing' ? 503 : 200 }));
      const { id } = await publish('failing', 'failed');
      const find = async () => {
        const { data } = await unwrap(client.GET(`${api}/deliveries`, { params: { query: { msg_id: id } } }));
        return data;
      };
      await expect.poll(find).toMatchObject([{ status: 'pending', attempts: 1, lastStatusCode: 503 }]);
      receiver.answerWith(() => ({ status: 200 }));
      const [delivery] = await find();
      const path = { delivery_id: delivery?.id ?? '' };
      await unwrap(client.POST(`${api}/deliveries/{delivery_id}/retry`, { params: { path } }));
      await expect.poll(async () => (await find()).map(({ status }) => status)).toContain('delivered');
      const read = client.GET(`${api}/deliveries/{delivery_id}`, {
        params: { path: { delivery_id: path.delivery_id } },
      });
      const { why, endpointId } = await unwrap(read);
      expect(endpointId).toBe(endpoint.id);
      expect(why.map(({ kind: step }) => step)).toContain('attempt');
    });

    it('sends a key with every POST, or that of the caller, so that a repetition takes effect once', async () => {
      await addCustomer('once');
      const header = { 'idempotency-key': 'order-1042' };
      const [first, again] = [await publish('once', 'same', header), await publish('once', 'same', header)];
      expect(again.id).toBe(first.id);
      await expect(publish('once', 'same')).rejects.toMatchObject({ status: 409 });
    });

    it('rejects with what the server answered, field by field', async () => {
      const path = { app_id: 'nobody' };
      const missing = unwrap(client.GET(`${api}/app/{app_id}`, { params: { path } }));
      await expect(missing).rejects.toBeInstanceOf(PostriderApiError);
      await expect(missing).rejects.toMatchObject({ status: 404, code: 'not_found', problem: { status: 404 } });
      const refused = unwrap(client.POST(`${api}/app`, { body: { name: '' } }));
      await expect(refused).rejects.toMatchObject({ status: 422, problem: { detail: [{ loc: ['body', 'name'] }] } });
      const stranger = createClient({ serverUrl: server.url, apiKey: `${server.apiKey}x` });
      const { error, response } = await stranger.GET(`${api}/app`);
      expect({ status: response.status, error }).toMatchObject({ status: 401, error: { code: 'unauthenticated' } });
    });
  });
});
