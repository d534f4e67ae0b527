/** F8: an endpoint that hangs with a long queue, beside healthy ones. */
import { afterEach, describe, expect, it } from 'vitest';
import { callApi, createApplication } from '../e2e/support/api.ts';
import { startReceiver, type Receiver } from '../e2e/support/receiver.ts';
import { startServer, type RunningServer } from '../e2e/support/server.ts';
import { storageKinds, type StorageUnderTest } from '../e2e/support/storages.ts';

let storage: StorageUnderTest;
let server: RunningServer;
let receiver: Receiver;

afterEach(async () => {
  await server.kill();
  await receiver.close();
  await storage.drop();
});

/** Longer than the test: whoever waits for a slot that a hanging request holds is found out. */
const hangMs = 60_000;
const backlog = 600;

describe.each(storageKinds)('on $name', (kind) => {
  it.skipIf(!kind.available)(
    'F8 the queue of an endpoint that hangs does not hold up the others',
    async () => {
      storage = await kind.create();
      server = await startServer({ ...storage.environment, POSTRIDER_ATTEMPT_TIMEOUT_MS: '30000' });
      receiver = await startReceiver();
      const arrivedMs = new Map<string, number>();
      receiver.answerWith(({ path, webhookId }) => {
        arrivedMs.set(`${webhookId} ${path}`, performance.now());
        return { status: 200, delayMs: path === '/hangs' ? hangMs : 0 };
      });
      const dead = await createApplication(server, [`${receiver.url}/hangs`]);
      const paths = Array.from({ length: 10 }, (_, index) => `/healthy/${index}`);
      const healthy = await createApplication(
        server,
        paths.map((path) => `${receiver.url}${path}`),
      );
      const publish = async (applicationId: string): Promise<string> => {
        const body = { eventType: 'noise.test', payload: {} };
        const answer = await callApi<{ id: string }>(server, { path: `/app/${applicationId}/msg`, body });
        expect(answer.status).toBe(202);
        return answer.body.id;
      };
      /** The longest of 200 deliveries but two, from before their publish to their arrival. */
      const slowestMs = async (): Promise<number> => {
        const tookMs: number[] = [];
        for (let message = 0; message < 20; message += 1) {
          const startedMs = performance.now();
          const id = await publish(healthy.applicationId);
          const keys = paths.map((path) => `${id} ${path}`);
          await receiver.waitFor(() => keys.every((key) => arrivedMs.has(key)));
          tookMs.push(...keys.map((key) => (arrivedMs.get(key) ?? Infinity) - startedMs));
        }
        return tookMs.sort((a, b) => a - b).at(-3) ?? Infinity;
      };

      await slowestMs();
      const quietMs = await slowestMs();
      for (let sent = 0; sent < backlog; sent += 50) {
        await Promise.all(Array.from({ length: 50 }, () => publish(dead.applicationId)));
      }
      const besideMs = await slowestMs();

      const hanging = receiver.requests.filter(({ path }) => path === '/hangs').length;
      expect(hanging).toBeGreaterThan(0);
      expect(hanging).toBeLessThan(backlog);
      expect(besideMs).toBeLessThanOrEqual(2 * quietMs + 1_000);
    },
    60_000,
  );
});
