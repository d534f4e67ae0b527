import { expect } from 'vitest';
import type { MethodCase, Scene } from './method-cases.js';

const refused = (code: number) => ({ code }) as object;

/** The id of the message's newest attempt, once there is one. */
async function waitForAttempt({ svix, app }: Scene, messageId: string): Promise<string> {
  await expect.poll(async () => (await svix.messageAttempt.listByMsg(app, messageId)).data.length).toBeGreaterThan(0);
  return String((await svix.messageAttempt.listByMsg(app, messageId)).data[0]?.id);
}

const applicationCases: readonly MethodCase[] = [
  {
    method: 'application.create',
    run: async ({ svix }) => {
      const made = await svix.application.create({ name: 'Made', uid: 'made', metadata: { plan: 'free' } });
      expect(made).toMatchObject({
        id: expect.stringMatching(/^app_/u) as string,
        uid: 'made',
        metadata: { plan: 'free' },
      });
      await expect(svix.application.create({ name: 'Made', uid: 'made' })).rejects.toMatchObject(refused(409));
    },
  },
  {
    method: 'application.getOrCreate',
    run: async ({ svix }) => {
      const known = await svix.application.get('made');
      expect((await svix.application.getOrCreate({ name: 'Made', uid: 'made' })).id).toBe(known.id);
    },
  },
  {
    method: 'application.get',
    run: async ({ svix }) => {
      expect((await svix.application.get('made')).createdAt).toBeInstanceOf(Date);
      await expect(svix.application.get('nobody')).rejects.toMatchObject(refused(404));
    },
  },
  {
    method: 'application.list',
    run: async ({ svix }) => {
      const first = await svix.application.list({ limit: 1 });
      expect(first).toMatchObject({ done: false, data: [{ name: 'Methods' }] });
      const second = await svix.application.list({ limit: 1, iterator: first.iterator });
      expect(second.data).toMatchObject([{ uid: 'made' }]);
    },
  },
  {
    method: 'application.patch',
    run: async ({ svix }) => {
      expect(await svix.application.patch('made', { name: 'Changed' })).toMatchObject({ name: 'Changed', uid: 'made' });
    },
  },
  {
    method: 'application.upsert',
    run: async ({ svix }) => {
      expect(await svix.application.upsert('made', { name: 'Again', uid: 'made' })).toMatchObject({
        name: 'Again',
        metadata: {},
      });
    },
  },
  {
    method: 'application.delete',
    run: async ({ svix }) => {
      await svix.application.delete('made');
      await expect(svix.application.get('made')).rejects.toMatchObject(refused(404));
    },
  },
];

const endpointCases: readonly MethodCase[] = [
  {
    method: 'endpoint.create',
    run: async ({ svix, app, receiver }) => {
      const made = await svix.endpoint.create(app, { url: `${receiver.url}/made`, uid: 'made', channels: ['quiet'] });
      expect(made).toMatchObject({ id: expect.stringMatching(/^ep_/u) as string, channels: ['quiet'] });
    },
  },
  {
    method: 'endpoint.get',
    run: async ({ svix, app }) => {
      expect(await svix.endpoint.get(app, 'made')).toMatchObject({ uid: 'made', disabled: false });
    },
  },
  {
    method: 'endpoint.list',
    run: async ({ svix, app }) => {
      expect((await svix.endpoint.list(app, { limit: 1 })).data).toMatchObject([{ uid: 'made' }]);
    },
  },
  {
    method: 'endpoint.patch',
    run: async ({ svix, app }) => {
      expect(await svix.endpoint.patch(app, 'made', { description: 'Quiet' })).toMatchObject({
        description: 'Quiet',
        channels: ['quiet'],
      });
    },
  },
  {
    method: 'endpoint.upsert',
    run: async ({ svix, app, receiver }) => {
      const put = await svix.endpoint.upsert(app, 'made', { url: `${receiver.url}/put`, channels: ['quiet'] });
      expect(put).toMatchObject({ uid: 'made', description: '' });
    },
  },
  {
    method: 'endpoint.setHeaders',
    run: async ({ svix, app }) => {
      await svix.endpoint.setHeaders(app, 'made', { headers: { 'x-team': 'blue', 'x-api-key': 'k' } });
    },
  },
  {
    method: 'endpoint.getHeaders',
    run: async ({ svix, app }) => {
      expect(await svix.endpoint.getHeaders(app, 'made')).toEqual({
        headers: { 'x-team': 'blue' },
        sensitive: ['x-api-key'],
      });
    },
  },
  {
    method: 'endpoint.patchHeaders',
    run: async ({ svix, app }) => {
      await svix.endpoint.patchHeaders(app, 'made', { headers: { 'x-more': '1' } });
      expect((await svix.endpoint.getHeaders(app, 'made')).headers).toEqual({ 'x-team': 'blue', 'x-more': '1' });
    },
  },
  {
    method: 'endpoint.getSecret',
    run: async ({ svix, app }) => {
      expect((await svix.endpoint.getSecret(app, 'made')).key).toMatch(/^whsec_/u);
    },
  },
  {
    method: 'endpoint.rotateSecret',
    run: async ({ svix, app }) => {
      const before = await svix.endpoint.getSecret(app, 'made');
      await svix.endpoint.rotateSecret(app, 'made', {});
      expect((await svix.endpoint.getSecret(app, 'made')).key).not.toBe(before.key);
    },
  },
  {
    method: 'endpoint.delete',
    run: async ({ svix, app }) => {
      await svix.endpoint.delete(app, 'made');
      await expect(svix.endpoint.get(app, 'made')).rejects.toMatchObject(refused(404));
    },
  },
];

const eventTypeCases: readonly MethodCase[] = [
  {
    method: 'eventType.create',
    run: async ({ svix }) => {
      const made = await svix.eventType.create({
        name: 'user.new',
        description: 'New',
        schemas: { '1': { type: 'object' } },
      });
      expect(made).toMatchObject({ name: 'user.new', schemas: { '1': { type: 'object' } } });
    },
  },
  {
    method: 'eventType.get',
    run: async ({ svix }) => {
      expect(await svix.eventType.get('user.new')).toMatchObject({ description: 'New', archived: false });
    },
  },
  {
    method: 'eventType.list',
    run: async ({ svix }) => {
      const { data } = await svix.eventType.list();
      expect(data.map(({ name }) => name)).toEqual(['order.made', 'user.new']);
    },
  },
  {
    method: 'eventType.patch',
    run: async ({ svix }) => {
      expect(await svix.eventType.patch('user.new', { deprecated: true })).toMatchObject({
        description: 'New',
        deprecated: true,
      });
    },
  },
  {
    method: 'eventType.upsert',
    run: async ({ svix }) => {
      expect(await svix.eventType.upsert('user.new', { description: 'Newer' })).toMatchObject({
        description: 'Newer',
        deprecated: false,
      });
    },
  },
  {
    method: 'eventType.delete',
    run: async ({ svix }) => {
      await svix.eventType.delete('user.new', { expunge: true });
      await expect(svix.eventType.get('user.new')).rejects.toMatchObject(refused(404));
    },
  },
];

const messageCases: readonly MethodCase[] = [
  {
    method: 'message.create',
    run: async ({ svix, app, receiver }) => {
      receiver.answerWith(() => ({ status: 200 }));
      const made = await svix.message.create(app, { eventType: 'order.made', eventId: 'made', payload: { n: 0 } });
      expect(made).toMatchObject({ id: expect.stringMatching(/^msg_/u) as string, eventId: 'made' });
      await receiver.waitFor((requests) => requests.some(({ webhookId }) => webhookId === made.id));
    },
  },
  {
    method: 'message.get',
    run: async ({ svix, app }) => {
      expect((await svix.message.get(app, 'made', { withContent: true })).payload).toEqual({ n: 0 });
    },
  },
  {
    method: 'message.list',
    run: async ({ svix, app, since }) => {
      const { data } = await svix.message.list(app, { eventTypes: ['order.made'], after: since, limit: 1 });
      expect(data).toMatchObject([{ eventId: 'made' }]);
    },
  },
  {
    method: 'messageAttempt.listByMsg',
    run: async (scene) => {
      const { id } = await scene.svix.message.get(scene.app, 'made');
      expect(await waitForAttempt(scene, id)).toMatch(/^atmpt_/u);
    },
  },
  {
    method: 'messageAttempt.get',
    run: async (scene) => {
      const { id } = await scene.svix.message.get(scene.app, 'made');
      const attempt = await scene.svix.messageAttempt.get(scene.app, id, await waitForAttempt(scene, id));
      expect(attempt).toMatchObject({ msgId: id, endpointId: scene.endpoint, responseStatusCode: 200, status: 0 });
    },
  },
  {
    method: 'messageAttempt.listByEndpoint',
    run: async ({ svix, app, endpoint }) => {
      const { data } = await svix.messageAttempt.listByEndpoint(app, endpoint, { limit: 1, withMsg: true });
      expect(data[0]).toMatchObject({ endpointId: endpoint, msg: { eventId: 'made' } });
    },
  },
  {
    method: 'messageAttempt.listAttemptedMessages',
    run: async ({ svix, app, endpoint }) => {
      expect((await svix.messageAttempt.listAttemptedMessages(app, endpoint)).data).toMatchObject([
        { eventId: 'made', status: 0 },
      ]);
    },
  },
  {
    method: 'messageAttempt.listAttemptedDestinations',
    run: async ({ svix, app, endpoint }) => {
      const { data } = await svix.messageAttempt.listAttemptedDestinations(app, 'made');
      expect(data).toMatchObject([{ id: endpoint, status: 0 }]);
    },
  },
  {
    method: 'messageAttempt.resend',
    run: async ({ svix, app, endpoint, receiver }) => {
      const { id } = await svix.message.get(app, 'made');
      await svix.messageAttempt.resend(app, id, endpoint);
      await receiver.waitFor((requests) => requests.filter(({ webhookId }) => webhookId === id).length > 1);
    },
  },
  {
    method: 'message.bulkExpungeContent',
    run: async ({ svix, app }) => {
      const { id } = await svix.message.get(app, 'made');
      const { results } = await svix.message.bulkExpungeContent(app, { ids: [id] });
      expect(results).toMatchObject({ [id]: 'expunged' });
    },
  },
];

const accessCases: readonly MethodCase[] = [
  {
    method: 'health.get',
    run: async ({ svix }) => {
      await svix.health.get();
    },
  },
  {
    method: 'authentication.appPortalAccess',
    run: async ({ svix, app, connect }) => {
      const { token } = await svix.authentication.appPortalAccess(app, {});
      expect((await connect(token).application.get(app)).id).toBe(app);
      await expect(connect(token).application.list()).rejects.toMatchObject(refused(403));
    },
  },
  {
    method: 'authentication.logout',
    run: async ({ svix, app, connect }) => {
      const { token } = await svix.authentication.appPortalAccess(app, {});
      await connect(token).authentication.logout();
      await expect(connect(token).application.get(app)).rejects.toMatchObject(refused(401));
    },
  },
  {
    method: 'authentication.expireAll',
    run: async ({ svix, app, connect }) => {
      const { token } = await svix.authentication.appPortalAccess(app, {});
      await svix.authentication.expireAll(app, { expiry: 0 });
      await expect(connect(token).application.get(app)).rejects.toMatchObject(refused(401));
    },
  },
];

/** The resources themselves: making, reading, changing and deleting them. */
export const resourceCases: readonly MethodCase[] = [
  ...applicationCases,
  ...endpointCases,
  ...eventTypeCases,
  ...messageCases,
  ...accessCases,
];
