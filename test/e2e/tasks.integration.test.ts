/** A background task survives kill -9 of the worker that runs it: every message is replayed, none twice by the task. */
import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { freePort, startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

const messages = 1_200;
const kills = 3;

describe.each(storageKinds)('a replay on $name', (kind) => {
  let storage: StorageUnderTest | undefined;
  let receiver: Receiver | undefined;
  let server: RunningServer | undefined;

  afterEach(async () => {
    await server?.stop();
    await receiver?.close();
    await storage?.drop();
  });

  it.skipIf(!kind.available)(
    `goes on after ${kills} kills, and adds one delivery for each message`,
    async () => {
      storage = await kind.create();
      receiver = await startReceiver();
      const environment = { ...storage.environment, PORT: String(await freePort()) };
      server = await startServer(environment);
      const { applicationId } = await createApplication(server, []);
      const published = new Set<string>();
      for (let from = 0; from < messages; from += 50) {
        const running = server;
        const batch = Array.from({ length: 50 }, (_, index) =>
          callApi<{ id: string }>(running, {
            path: `/app/${applicationId}/msg`,
            body: { eventType: 'replay.test', payload: { n: from + index } },
          }),
        );
        for (const { body } of await Promise.all(batch)) published.add(body.id);
      }
      const base = `/app/${applicationId}/endpoint`;
      const endpoint = await callApi<{ id: string }>(server, { path: base, body: { url: receiver.url } });
      const since = new Date(Date.now() - 3_600_000).toISOString();
      const path = `${base}/${endpoint.body.id}/replay-missing`;
      const task = await callApi<{ id: string; status: string }>(server, { path, body: { since } });
      expect(task).toMatchObject({ status: 202, body: { status: 'running' } });

      const progress = async () =>
        (
          await callApi<{ affected: number; state: string }>(server as RunningServer, {
            path: `/tasks/${task.body.id}`,
          })
        ).body;
      for (let kill = 1; kill <= kills; kill += 1) {
        await expect.poll(async () => (await progress()).affected, { timeout: 90_000 }).toBeGreaterThan(kill * 200);
        await server.kill();
        server = await startServer(environment);
      }
      await expect.poll(async () => (await progress()).state, { timeout: 120_000 }).toBe('finished');
      expect((await progress()).affected).toBe(messages);
      await receiver.waitFor(
        (requests) => new Set(requests.map(({ webhookId }) => webhookId)).size === messages,
        60_000,
      );
      expect(new Set(receiver.requests.map(({ webhookId }) => webhookId))).toEqual(published);
      const stats = await callApi<Record<string, number>>(server, { path: `${base}/${endpoint.body.id}/stats` });
      expect(Object.values(stats.body).reduce((sum, count) => sum + count, 0)).toBe(messages);
    },
    300_000,
  );
});
