/**
 * Secrets stay where they belong: a server is given canaries in every place that takes a secret, then everything that it
 * answers and everything that it logs is searched for them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { freePort, startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Record<string, { content?: object }> }>>>
  >;
}

const secretOf = (letter: string) => Buffer.alloc(24, letter).toString('base64');
const wrongKey = 'CANARY-wrong-key-0123456789-0123456789';
const headerValue = 'CANARY-header-value';
const payloadText = 'CANARY-payload';
/** Where a secret is what was asked for. */
const shownOnPurpose = /\/secret$/u;

describe.each(storageKinds)('canaries on $name', (kind) => {
  describe.skipIf(!kind.available)('in a server that logs everything', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let ids: Readonly<Record<string, string>>;
    const canaries: Record<string, string> = {
      'signing secret': secretOf('s'),
      'secret before rotation': secretOf('o'),
      'operational secret': secretOf('p'),
      'header value': headerValue,
    };

    const post = async (path: string, body: unknown) => {
      const answer = await callApi(server, { method: 'POST', path, body });
      expect({ path, isDone: answer.status < 300 }).toEqual({ path, isDone: true });
      return answer.body;
    };
    const raw = (path: string, init: RequestInit & { readonly key?: string }) =>
      fetch(`${server.url}/api/v1${path}`, {
        ...init,
        headers: { authorization: `Bearer ${init.key ?? server.apiKey}`, 'content-type': 'application/json' },
      });

    beforeAll(async () => {
      storage = await kind.create();
      receiver = await startReceiver();
      server = await startServer({ ...storage.environment, POSTRIDER_LOG_LEVEL: 'debug' });
      const { applicationId: app } = await createApplication(server, []);
      await callApi(server, { method: 'PATCH', path: `/app/${app}`, body: { uid: 'canaries' } });
      const headers = { 'x-api-key': headerValue, 'x-access-token': headerValue };
      const secret = `whsec_${secretOf('o')}`;
      const endpoint = await post(`/app/${app}/endpoint`, { url: receiver.url, secret, headers });
      const endpointPath = `/app/${app}/endpoint/${String(endpoint['id'])}`;
      await callApi(server, { method: 'POST', path: `${endpointPath}/secret/rotate`, body: { key: secretOf('s') } });
      const refused = { url: `http://127.0.0.1:${await freePort()}/`, headers, retrySchedule: [1] };
      await post(`/app/${app}/endpoint`, refused);
      const operational = { url: `${receiver.url}/operators`, secret: secretOf('p'), headers };
      await post('/operational-webhook/endpoint', operational);
      const key = await post('/keys', { name: 'Canary', scopes: ['applications:read'] });
      const portal = await post(`/auth/app-portal-access/${app}`, {});
      const integration = await post(`/app/${app}/integration`, { name: 'Canary' });
      const integrationKey = await post(`/app/${app}/integration/${String(integration['id'])}/key/rotate`, {});
      canaries['api key'] = String(key['key']);
      canaries['portal token'] = String(portal['token']);
      canaries['integration key'] = String(integrationKey['key']);
      canaries['key of the server'] = server.apiKey;
      const message = await post(`/app/${app}/msg`, { eventType: 'canary.sung', payload: { note: payloadText } });
      await receiver.waitFor((requests) => requests.some(({ path }) => path === '/'));
      ids = {
        app_id: app,
        endpoint_id: String(endpoint['id']),
        msg_id: String(message['id']),
        key_id: String(key['id']),
        integ_id: String(integration['id']),
      };
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    it('reach the receiver and who asks for them, so that there is something to be found', async () => {
      const request = receiver.requests.find(({ path }) => path === '/');
      expect(request?.headers['x-api-key']).toBe(headerValue);
      expect(request?.body).toContain(payloadText);
      const secretPath = `/app/${ids['app_id']}/endpoint/${ids['endpoint_id']}/secret`;
      expect(JSON.stringify((await callApi(server, { path: secretPath })).body)).toContain(canaries['signing secret']);
    });

    it('stand in no answer to any reading route', async () => {
      const { body } = await callApi<Description>(server, { path: '/openapi.json' });
      const found: string[] = [];
      let read = 0;
      for (const [path, { get }] of Object.entries(body.paths)) {
        if (get === undefined || 'text/event-stream' in (get.responses['200']?.content ?? {})) continue;
        if (shownOnPurpose.test(path)) continue;
        const filled = path
          .replace('/api/v1', '')
          .replaceAll(/\{(\w+)\}/gu, (_, name: string) => ids[name] ?? 'unknown');
        const answer = await raw(filled, {});
        const text = await answer.text();
        if (answer.status === 200) read += 1;
        const shown = Object.entries(canaries).filter(([, canary]) => text.includes(canary));
        found.push(...shown.map(([name]) => `${name}: ${path}`));
      }
      expect(found).toEqual([]);
      expect(read).toBeGreaterThan(35);
    });

    it('are not repeated by refusals', async () => {
      const { app_id: app, endpoint_id: endpoint } = ids;
      const rotate = `/app/${app}/endpoint/${endpoint}/secret/rotate`;
      const answers = await Promise.all([
        raw('/app', { key: wrongKey }),
        raw('/app', { key: `${canaries['api key']}x` }),
        raw(rotate, { method: 'POST', body: `{"key":"${wrongKey}"}` }),
        raw(rotate, { method: 'POST', body: `{"key":"${wrongKey}` }),
        raw(rotate, { method: 'POST', body: `{"key":"${canaries['signing secret']}"}` }),
        raw(`/app/${app}/endpoint/${endpoint}/headers`, { method: 'PUT', body: `{"headers":{"host":"${wrongKey}"}}` }),
        raw(`/app/${app}/endpoint`, { method: 'POST', body: `{"url":"ftp://x","secret":"${wrongKey}"}` }),
        raw(`/app/${app}/msg`, { method: 'POST', body: `{"eventType":"a..b","payload":{"k":"${wrongKey}"}}` }),
        raw('/simulate', { method: 'POST', body: `{"appId":"${app}","eventType":"a..b","payload":"${wrongKey}"}` }),
      ]);
      for (const answer of answers) {
        expect([400, 401, 422]).toContain(answer.status);
        const text = await answer.text();
        for (const canary of [wrongKey, ...Object.values(canaries)]) expect(text).not.toContain(canary);
      }
    });

    it('stand nowhere in the log, nor do payloads', () => {
      const log = server.output();
      expect(log.split('\n').length).toBeGreaterThan(5);
      const found = Object.entries({ ...canaries, wrongKey, payloadText }).filter(([, canary]) => log.includes(canary));
      expect(found.map(([name]) => name)).toEqual([]);
    });
  });
});
