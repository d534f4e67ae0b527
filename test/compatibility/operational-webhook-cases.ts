import { expect } from 'vitest';
import { Webhook } from 'svix';
import type { MethodCase, Scene } from './method-cases.js';

const uid = 'operators';

/** What version 1 of the SDK calls otherwise. */
interface OlderEndpoints {
  update(endpointId: string, input: object): Promise<object>;
  updateHeaders(endpointId: string, input: object): Promise<void>;
}

type Endpoints = Scene['svix']['operationalWebhook']['endpoint'];

function upsert(endpoints: Endpoints, input: Parameters<Endpoints['upsert']>[1]): Promise<object> {
  if ('upsert' in endpoints) return endpoints.upsert(uid, input);
  return (endpoints as OlderEndpoints).update(uid, input);
}

function setHeaders(endpoints: Endpoints, headers: Record<string, string>): Promise<void> {
  if ('setHeaders' in endpoints) return endpoints.setHeaders(uid, { headers });
  return (endpoints as OlderEndpoints).updateHeaders(uid, { headers });
}

/** The list of types under both of its names: each version of the SDK sends the one that it knows. */
const only = (types: readonly string[]) => ({ eventTypes: [...types], filterTypes: [...types] });

/** What the operators' endpoint received of a type, verified with its secret. */
async function told({ svix, receiver }: Scene, type: string): Promise<Record<string, unknown>> {
  const { key } = await svix.operationalWebhook.endpoint.getSecret(uid);
  const find = () =>
    receiver.requests.find(({ path, body }) => path === '/operators' && body.includes(`"type":"${type}"`));
  await receiver.waitFor(() => find() !== undefined);
  const { body = '', headers } = find() ?? {};
  new Webhook(key).verify(body, headers as Record<string, string>);
  return (JSON.parse(body) as { data: Record<string, unknown> }).data;
}

/** Operational webhooks: what the server itself tells. */
export const operationalWebhookCases: readonly MethodCase[] = [
  {
    method: 'operationalWebhook.endpoint.create',
    run: async (scene) => {
      const { svix, app, receiver } = scene;
      const url = `${receiver.url}/operators`;
      const created = await svix.operationalWebhook.endpoint.create({ url, uid, description: 'On call' });
      expect(created).toMatchObject({ uid, url, description: 'On call', disabled: false });
      const { id } = await svix.endpoint.create(app, { url: `${receiver.url}/told` });
      expect(await told(scene, 'endpoint.created')).toMatchObject({ appId: app, endpointId: id });
      await svix.endpoint.delete(app, id);
      expect(await told(scene, 'endpoint.deleted')).toMatchObject({ appId: app, endpointId: id });
      const wrong = svix.operationalWebhook.endpoint.create({ url, ...only(['no.such']) });
      await expect(wrong).rejects.toMatchObject({ code: 422 });
    },
  },
  {
    method: 'operationalWebhook.endpoint.list',
    run: async ({ svix }) => {
      const { data, done } = await svix.operationalWebhook.endpoint.list({ limit: 10 });
      expect({ uids: data.map((each) => each.uid), done }).toEqual({ uids: [uid], done: true });
      expect((await svix.application.list()).data.map(({ name }) => name)).not.toContain('Operational webhooks');
    },
  },
  {
    method: 'operationalWebhook.endpoint.get',
    run: async ({ svix, app }) => {
      const { id } = await svix.operationalWebhook.endpoint.get(uid);
      expect(await svix.operationalWebhook.endpoint.get(id)).toMatchObject({ uid });
      await expect(svix.endpoint.get(app, id)).rejects.toMatchObject({ code: 404 });
    },
  },
  {
    method: 'operationalWebhook.endpoint.upsert',
    run: async (scene) => {
      const { svix, app, receiver } = scene;
      const types = only(['endpoint.disabled', 'message.dead_letter']);
      const url = `${receiver.url}/operators`;
      const changed = await upsert(svix.operationalWebhook.endpoint, { url, uid, ...types });
      expect([types.eventTypes]).toContainEqual(Object.entries(changed).find(([name]) => name in types)?.[1]);
      receiver.answerWith(({ path }) => ({ status: path === '/gone' ? 410 : 200 }));
      const { id } = await svix.endpoint.create(app, { url: `${receiver.url}/gone` });
      await svix.message.create(app, { eventType: 'order.made', payload: {} });
      expect(await told(scene, 'endpoint.disabled')).toMatchObject({ appId: app, endpointId: id, reason: 'gone' });
      const death = { endpointId: id, reason: 'endpoint_gone', lastAttempt: { responseStatusCode: 410 } };
      expect(await told(scene, 'message.dead_letter')).toMatchObject(death);
      await svix.endpoint.delete(app, id);
    },
  },
  {
    method: 'operationalWebhook.endpoint.getHeaders',
    run: async ({ svix }) => {
      expect(await svix.operationalWebhook.endpoint.getHeaders(uid)).toEqual({ headers: {}, sensitive: [] });
    },
  },
  {
    method: 'operationalWebhook.endpoint.setHeaders',
    run: async ({ svix }) => {
      const headers = { 'x-team': 'on-call', 'x-api-key': 'CANARY' };
      await setHeaders(svix.operationalWebhook.endpoint, headers);
      const shown = await svix.operationalWebhook.endpoint.getHeaders(uid);
      expect(shown).toEqual({ headers: { 'x-team': 'on-call' }, sensitive: ['x-api-key'] });
    },
  },
  {
    method: 'operationalWebhook.endpoint.getSecret',
    run: async ({ svix }) => {
      expect((await svix.operationalWebhook.endpoint.getSecret(uid)).key).toMatch(/^whsec_/u);
    },
  },
  {
    method: 'operationalWebhook.endpoint.rotateSecret',
    run: async ({ svix }) => {
      const { key } = await svix.operationalWebhook.endpoint.getSecret(uid);
      await svix.operationalWebhook.endpoint.rotateSecret(uid, {});
      expect((await svix.operationalWebhook.endpoint.getSecret(uid)).key).not.toBe(key);
    },
  },
  {
    method: 'operationalWebhook.endpoint.delete',
    run: async ({ svix }) => {
      await svix.operationalWebhook.endpoint.delete(uid);
      expect((await svix.operationalWebhook.endpoint.list()).data).toEqual([]);
      await expect(svix.operationalWebhook.endpoint.get(uid)).rejects.toMatchObject({ code: 404 });
    },
  },
];
