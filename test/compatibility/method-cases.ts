import { expect } from 'vitest';
import type { Svix } from 'svix';
import type { Receiver } from '../e2e/support/receiver.js';
import { integrationCases } from './integration-cases.js';
import { operationalWebhookCases } from './operational-webhook-cases.js';
import { resourceCases } from './resource-cases.js';

/** What the cases of one server work with. They run in order and may build on each other. */
export interface Scene {
  readonly svix: Svix;
  readonly app: string;
  readonly endpoint: string;
  readonly receiver: Receiver;
  readonly since: Date;
  /** The SDK with another key, such as a token of the portal. */
  readonly connect: (key: string) => Svix;
}

/** A method of the SDK as programs write it, and a call of it that shows that it works. */
export interface MethodCase {
  readonly method: string;
  readonly run: (scene: Scene) => Promise<void>;
}

const task = { id: expect.stringMatching(/^qtask_/u) as string, status: expect.any(String) as string };

async function publish({ svix, app, receiver }: Scene, n: number): Promise<string> {
  const { id } = await svix.message.create(app, { eventType: 'order.made', payload: { n } });
  await receiver.waitFor((requests) => requests.some(({ webhookId }) => webhookId === id));
  return id;
}

const spec = {
  openapi: '3.1.0',
  webhooks: {
    'stock.low': {
      post: {
        description: 'Little is left',
        requestBody: { content: { 'application/json': { schema: { type: 'object', required: ['sku'] } } } },
      },
    },
  },
};

/** The catalogue of event types as a whole. */
const catalogueCases: readonly MethodCase[] = [
  {
    method: 'eventType.importOpenapi',
    run: async ({ svix, app }) => {
      const tried = await svix.eventType.importOpenapi({ spec, dryRun: true });
      expect(tried.data).toMatchObject({ modified: ['stock.low'], toModify: [{ name: 'stock.low' }] });
      expect((await svix.eventType.importOpenapi({ specRaw: JSON.stringify(spec) })).data.modified).toEqual([
        'stock.low',
      ]);
      expect(await svix.eventType.get('stock.low')).toMatchObject({ description: 'Little is left' });
      const wrong = svix.message.create(app, { eventType: 'stock.low', payload: {} });
      await expect(wrong).rejects.toMatchObject({ code: 422 });
      await svix.eventType.delete('stock.low', { expunge: true });
    },
  },
  {
    method: 'environment.export',
    run: async ({ svix }) => {
      const exported = await svix.environment.export();
      expect(exported.eventTypes.map(({ name }) => name)).toContain('order.made');
      expect(exported.createdAt).toBeInstanceOf(Date);
    },
  },
  {
    method: 'environment.import',
    run: async ({ svix }) => {
      const eventTypes = [{ name: 'stock.full', description: 'Enough is there' }];
      await svix.environment.import({ eventTypes });
      expect(await svix.eventType.get('stock.full')).toMatchObject(eventTypes[0] ?? {});
      await svix.eventType.delete('stock.full', { expunge: true });
      await svix.environment.import(await svix.environment.export());
    },
  },
];

/** Everything that is about sending again, contents, polling and counting. */
export const methodCases: readonly MethodCase[] = [
  ...resourceCases,
  ...catalogueCases,
  {
    method: 'message.precheck',
    run: async ({ svix, app }) => {
      expect(await svix.message.precheck(app, { eventType: 'order.made' })).toEqual({ active: true });
    },
  },
  {
    method: 'endpoint.recover',
    run: async (scene) => {
      const { svix, app, endpoint, receiver, since } = scene;
      receiver.answerWith(() => ({ status: 200 }));
      await publish(scene, 1);
      expect(await svix.endpoint.recover(app, endpoint, { since })).toMatchObject({
        ...task,
        task: 'endpoint.recover',
      });
      const tooFar = { since: new Date(Date.now() - 15 * 86_400_000) };
      await expect(svix.endpoint.recover(app, endpoint, tooFar)).rejects.toMatchObject({ code: 422 });
    },
  },
  {
    method: 'endpoint.replayMissing',
    run: async (scene) => {
      const { svix, app, receiver, since } = scene;
      const messageId = await publish(scene, 2);
      const { id } = await svix.endpoint.create(app, { url: `${receiver.url}/late` });
      expect(await svix.endpoint.replayMissing(app, id, { since })).toMatchObject({ ...task, task: 'endpoint.replay' });
      await receiver.waitFor((requests) =>
        requests.some(({ path, webhookId }) => path === '/late' && webhookId === messageId),
      );
      await svix.endpoint.delete(app, id);
    },
  },
  {
    method: 'endpoint.bulkReplay',
    run: async (scene) => {
      const { svix, app, endpoint, receiver, since } = scene;
      const messageId = await publish(scene, 3);
      const started = await svix.endpoint.bulkReplay(app, endpoint, { since, eventTypes: ['order.made'] });
      expect(started).toMatchObject({ ...task, task: 'endpoint.bulk-replay' });
      await receiver.waitFor((requests) => requests.filter(({ webhookId }) => webhookId === messageId).length >= 2);
    },
  },
  {
    method: 'backgroundTask.list',
    run: async ({ svix }) => {
      const { data } = await svix.backgroundTask.list({ limit: 2 });
      expect(data).toHaveLength(2);
      expect(data[0]).toMatchObject(task);
    },
  },
  {
    method: 'backgroundTask.get',
    run: async ({ svix }) => {
      const [newest] = (await svix.backgroundTask.list({ limit: 1 })).data;
      expect(await svix.backgroundTask.get(String(newest?.id))).toMatchObject({ id: newest?.id });
      const unknown = `qtask_${'0'.repeat(27)}`;
      await expect(svix.backgroundTask.get(unknown)).rejects.toMatchObject({ code: 404 });
    },
  },
  {
    method: 'endpoint.getStats',
    run: async ({ svix, app, endpoint }) => {
      const stats = await svix.endpoint.getStats(app, endpoint);
      expect(stats.success + stats.pending + stats.sending + stats.fail + stats.canceled).toBeGreaterThan(2);
    },
  },
  {
    method: 'endpoint.sendExample',
    run: async ({ svix, app, endpoint, receiver }) => {
      const message = await svix.endpoint.sendExample(app, endpoint, { eventType: 'order.made' });
      await receiver.waitFor((requests) => requests.some(({ webhookId }) => webhookId === message.id));
    },
  },
  {
    method: 'messageAttempt.expungeContent',
    run: async (scene) => {
      const { svix, app } = scene;
      const messageId = await publish(scene, 4);
      const attempts = () => svix.messageAttempt.listByMsg(app, messageId);
      await expect.poll(async () => (await attempts()).data.length).toBe(1);
      const attemptId = String((await attempts()).data[0]?.id);
      await svix.messageAttempt.expungeContent(app, messageId, attemptId);
      expect((await svix.messageAttempt.get(app, messageId, attemptId)).response).toBe('');
    },
  },
  {
    method: 'message.expungeContent',
    run: async (scene) => {
      const { svix, app, endpoint } = scene;
      const messageId = await publish(scene, 5);
      await svix.message.expungeContent(app, messageId);
      const found = await svix.message.get(app, messageId, { withContent: true });
      expect(found.payload).toEqual({ expired: true });
      await expect(svix.messageAttempt.resend(app, messageId, endpoint)).rejects.toMatchObject({ code: 409 });
    },
  },
  {
    method: 'message.poller.poll',
    run: async ({ svix, app }) => {
      const read = () => svix.message.poller.poll(app, 'orders', { limit: 2 });
      await expect.poll(async () => (await read()).data.length, { timeout: 10_000 }).toBe(2);
      const first = await read();
      const second = await svix.message.poller.poll(app, 'orders', { limit: 2, iterator: first.iterator });
      expect(second.data.map(({ id }) => id)).not.toContain(first.data[1]?.id);
    },
  },
  {
    method: 'message.poller.consumerPoll',
    run: async ({ svix, app }) => {
      const poll = (iterator?: string) =>
        svix.message.poller.consumerPoll(app, 'orders', 'reader', {
          limit: 1,
          ...(iterator !== undefined && { iterator }),
        });
      const first = await poll();
      expect((await poll()).data[0]?.id).toBe(first.data[0]?.id);
      const second = await poll(first.iterator);
      expect(second.data[0]?.id).not.toBe(first.data[0]?.id);
      expect((await poll()).data[0]?.id).toBe(second.data[0]?.id);
    },
  },
  {
    method: 'message.poller.consumerSeek',
    run: async ({ svix, app, since }) => {
      const { iterator } = await svix.message.poller.consumerSeek(app, 'orders', 'reader', { after: since });
      const { data } = await svix.message.poller.consumerPoll(app, 'orders', 'reader', { limit: 1 });
      const again = await svix.message.poller.poll(app, 'orders', { limit: 1, iterator });
      expect(data[0]?.id).toBe(again.data[0]?.id);
    },
  },
  {
    method: 'statistics.aggregateAppStats',
    run: async ({ svix, app, since }) => {
      const range = { since, until: new Date(), appIds: [app, 'nobody'] };
      const started = await svix.statistics.aggregateAppStats(range);
      expect(started).toMatchObject({ ...task, task: 'application.stats', unresolvedAppIds: ['nobody'] });
    },
  },
  {
    method: 'statistics.aggregateEventTypes',
    run: async ({ svix }) => {
      expect(await svix.statistics.aggregateEventTypes()).toMatchObject({ ...task, task: 'event-type.aggregate' });
    },
  },
  {
    method: 'message.expungeAllContents',
    run: async (scene) => {
      const { svix, app } = scene;
      const messageId = await publish(scene, 6);
      expect(await svix.message.expungeAllContents(app)).toMatchObject({ ...task, task: 'application.purge_content' });
      await expect
        .poll(async () => (await svix.message.get(app, messageId, { withContent: true })).payload as unknown, {
          timeout: 20_000,
        })
        .toEqual({ expired: true });
    },
  },
  ...integrationCases,
  ...operationalWebhookCases,
];
