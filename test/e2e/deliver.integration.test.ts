import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { callApi, createApplication, readSecret } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

interface AttemptBody {
  status: number;
  responseStatusCode: number;
  msgId: string;
}

describe.each(storageKinds)('delivery on $name', (kind) => {
  describe.skipIf(!kind.available)('with the real server', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;

    beforeAll(async () => {
      storage = await kind.create();
      // Two seconds less a fifth of jitter: attempts never fall into one second, which would make one signature of two.
      server = await startServer({ ...storage.environment, POSTRIDER_RETRY_SCHEDULE: '2s,2s,2s,2s,2s' });
      receiver = await startReceiver();
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    const attemptsOf = async (applicationId: string, messageId: string): Promise<AttemptBody[]> =>
      (await callApi<{ data: AttemptBody[] }>(server, { path: `/app/${applicationId}/attempt/msg/${messageId}` })).body
        .data;

    it('delivers a published event once, signed, with the payload unchanged and the attempt visible', async () => {
      const { applicationId, endpointIds } = await createApplication(server, [`${receiver.url}/once`]);
      const payload = '{"b":1, "a":12345678901234567890,\n "text":"ünï\\u0000"}';
      const answer = await fetch(`${server.url}/api/v1/app/${applicationId}/msg`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
        body: `{"eventType":"invoice.paid","payload":${payload}}`,
      });
      expect(answer.status).toBe(202);
      const { id } = (await answer.json()) as { id: string };

      await receiver.waitFor((requests) => requests.some((request) => request.webhookId === id));
      const received = receiver.requests.filter((request) => request.webhookId === id);
      expect(received).toHaveLength(1);
      expect(received[0]?.body).toBe(payload);
      const secret = await readSecret(server, { applicationId, endpointId: endpointIds[0] ?? '' });
      const headers = received[0]?.headers as Record<string, string>;
      expect(() => new Webhook(secret).verify(payload, headers)).not.toThrow();
      expect(() => new SvixWebhook(secret).verify(payload, headers)).not.toThrow();

      await expect.poll(() => attemptsOf(applicationId, id)).toMatchObject([{ status: 0, responseStatusCode: 200 }]);
    });

    it('fans one event out to fifty endpoints, each exactly once and under its own secret', async () => {
      const paths = Array.from({ length: 50 }, (_, index) => `/fan-out/${index}`);
      const { applicationId, endpointIds } = await createApplication(
        server,
        paths.map((path) => receiver.url + path),
      );
      const publish = await callApi<{ id: string }>(server, {
        path: `/app/${applicationId}/msg`,
        body: { eventType: 'invoice.paid', payload: { n: 1 } },
      });
      const ofMessage = () => receiver.requests.filter((request) => request.webhookId === publish.body.id);
      await receiver.waitFor(() => ofMessage().length >= 50);
      expect(
        ofMessage()
          .map((request) => request.path)
          .sort(),
      ).toEqual([...paths].sort());
      for (const [index, endpointId] of endpointIds.entries()) {
        const secret = await readSecret(server, { applicationId, endpointId });
        const request = ofMessage().find(({ path }) => path === `/fan-out/${index}`);
        expect(() => new Webhook(secret).verify(request?.body ?? '', request?.headers as never)).not.toThrow();
      }
    });

    it('retries a failing receiver until it recovers, with one webhook-id and a fresh signature each time', async () => {
      const { applicationId } = await createApplication(server, [`${receiver.url}/flaky`]);
      let refusals = 2;
      receiver.answerWith(({ path }) => ({ status: path === '/flaky' && refusals-- > 0 ? 503 : 200 }));
      const publish = await callApi<{ id: string }>(server, {
        path: `/app/${applicationId}/msg`,
        body: { eventType: 'invoice.paid', payload: {} },
      });
      const ofMessage = () => receiver.requests.filter((request) => request.webhookId === publish.body.id);
      await receiver.waitFor(() => ofMessage().some((request) => request.status === 200), 30_000);
      receiver.answerWith(() => ({ status: 200 }));

      expect(ofMessage().map((request) => request.status)).toEqual([503, 503, 200]);
      expect(new Set(ofMessage().map((request) => request.headers['webhook-signature'])).size).toBe(3);
      await expect
        .poll(async () =>
          (await attemptsOf(applicationId, publish.body.id)).map(({ responseStatusCode }) => responseStatusCode),
        )
        .toEqual([200, 503, 503]);
    }, 40_000);

    it('answers a repeated publish with the same idempotency key with the same message and delivers it once', async () => {
      const { applicationId } = await createApplication(server, [`${receiver.url}/idempotent`]);
      const request = {
        path: `/app/${applicationId}/msg`,
        body: { eventType: 'invoice.paid', payload: { once: true } },
        idempotencyKey: `key-${kind.name}`,
      };
      const answers = await Promise.all(Array.from({ length: 50 }, () => callApi<{ id: string }>(server, request)));
      const accepted = answers.filter(({ status }) => status === 202);
      expect(new Set(accepted.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
      const id = accepted[0]?.body.id ?? '';
      await receiver.waitFor((requests) => requests.some(({ webhookId }) => webhookId === id));
      await expect.poll(() => attemptsOf(applicationId, id)).toHaveLength(1);

      const other = await callApi(server, {
        ...request,
        body: { eventType: 'invoice.paid', payload: { once: false } },
      });
      expect(other.status).toBe(422);
    });
  });
});
