import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

describe.each(storageKinds)('ordered delivery on $name', (kind) => {
  describe.skipIf(!kind.available)('with real servers', () => {
    let storage: StorageUnderTest;
    let servers: RunningServer[];
    let receiver: Receiver;

    beforeAll(async () => {
      storage = await kind.create();
      const environment = { ...storage.environment, POSTRIDER_RETRY_SCHEDULE: '1s,1s,1s' };
      servers = [await startServer(environment)];
      if (kind.name === 'postgres') servers.push(await startServer({ ...environment, POSTRIDER_ROLE: 'worker' }));
      receiver = await startReceiver();
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await receiver.close();
      await storage.drop();
    });

    const api = (): RunningServer => servers[0] as RunningServer;
    const createOrdered = async (path: string, ordering: object): Promise<string> => {
      const { applicationId, endpointIds } = await createApplication(api(), [`${receiver.url}${path}`]);
      const endpoint = `/app/${applicationId}/endpoint/${endpointIds[0]}`;
      expect(await callApi(api(), { method: 'PATCH', path: endpoint, body: { ordering } })).toMatchObject({
        status: 200,
      });
      return applicationId;
    };
    const publish = async (applicationId: string, orderingKey?: string): Promise<string> => {
      const body = { eventType: 'order.changed', payload: {}, orderingKey };
      const answer = await callApi<{ id: string }>(api(), { path: `/app/${applicationId}/msg`, body });
      expect(answer).toMatchObject({ status: 202 });
      return answer.body.id;
    };
    const receivedAt = (path: string): string[] =>
      receiver.requests.filter((request) => request.path === path).map(({ webhookId }) => webhookId);

    it('waits for one that fails, with what has the same key alone, and tells what waits for what', async () => {
      const applicationId = await createOrdered('/block', { by: 'key' });
      let isBroken = true;
      const ids: string[] = [];
      receiver.answerWith(({ webhookId }) => ({ status: isBroken && webhookId === ids[1] ? 500 : 200, delayMs: 5 }));
      for (let index = 0; index < 12; index += 1) {
        ids.push(await publish(applicationId, index % 3 === 2 ? 'other' : 'one'));
      }
      const ofKey = (isOther: boolean): string[] => ids.filter((_, index) => (index % 3 === 2) === isOther);
      const [first = '', failing = '', held = ''] = ofKey(false);
      await receiver.waitFor(() => receivedAt('/block').length >= 6);
      const sent = receivedAt('/block');
      expect(sent.filter((id) => ofKey(true).includes(id))).toEqual(ofKey(true));
      expect(new Set(sent.filter((id) => ofKey(false).includes(id)))).toEqual(new Set([first, failing]));

      const find = async (messageId: string): Promise<string> => {
        const { body } = await callApi<{ data: { id: string }[] }>(api(), { path: `/deliveries?msg_id=${messageId}` });
        return body.data[0]?.id ?? '';
      };
      const waiting = await callApi(api(), { path: `/deliveries/${await find(held)}` });
      expect(waiting.body).toMatchObject({ status: 'pending', attempts: 0, waitsFor: await find(failing) });

      isBroken = false;
      await receiver.waitFor(() => ids.every((id) => receivedAt('/block').includes(id)));
      const order = [...new Set(receivedAt('/block'))].filter((id) => ofKey(false).includes(id));
      expect(order).toEqual(ofKey(false));
    });

    it('goes past one that fails where the endpoint says so, after its first attempt', async () => {
      const applicationId = await createOrdered('/continue', { by: 'endpoint', onFailure: 'continue' });
      const ids: string[] = [];
      receiver.answerWith(({ webhookId }) => ({ status: webhookId === ids[0] ? 500 : 200 }));
      for (let index = 0; index < 5; index += 1) ids.push(await publish(applicationId));
      await receiver.waitFor(() => ids.every((id) => receivedAt('/continue').includes(id)));
      expect([...new Set(receivedAt('/continue'))]).toEqual(ids);
    });
  });
});
