import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callApi, createApplication } from '../e2e/support/api.js';
import { startReceiver, type Receiver } from '../e2e/support/receiver.js';
import { startServer, type RunningServer } from '../e2e/support/server.js';
import { storageKinds, type StorageUnderTest } from '../e2e/support/storages.js';
import { runExample } from './run-example.ts';

describe.each(storageKinds)('S17: use cases against a server on $name', (kind) => {
  describe.skipIf(!kind.available)('that is watched by scripts', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let failingId: string;
    const run = (file: string) =>
      runExample(`use-cases/${file}`, { POSTRIDER_URL: server.url, POSTRIDER_API_KEY: server.apiKey });
    const publish = async (applicationId: string, count: number) => {
      for (let n = 0; n < count; n += 1) {
        await callApi(server, {
          path: `/app/${applicationId}/msg`,
          body: { eventType: 'invoice.paid', payload: { n } },
        });
      }
    };
    const waitForEnds = (deliveries: number) =>
      vi.waitFor(
        async () => {
          const { body } = await callApi<{ deliveries: number }>(server, { path: '/health/system' });
          expect(body.deliveries).toBe(deliveries);
        },
        { timeout: 20_000, interval: 250 },
      );

    beforeAll(async () => {
      storage = await kind.create();
      // One retry after a second: failures end soon.
      server = await startServer({ ...storage.environment, POSTRIDER_RETRY_SCHEDULE: '1s' });
      receiver = await startReceiver();
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    it('find nothing to say while all goes well, save that caches are cold', async () => {
      const { applicationId } = await createApplication(server, [`${receiver.url}/well`]);
      await publish(applicationId, 8);
      await waitForEnds(8);
      for (const file of ['weekly-report.ts', 'endpoint-monitor.ts', 'health-watchdog.ts']) {
        const { exitCode, output } = await run(file);
        expect(output).not.toMatch(/warning|alert/);
        expect(exitCode).toBe(0);
      }
    });

    it('warn of the week, the endpoint and the health when deliveries fail', async () => {
      receiver.answerWith(({ path }) => ({ status: path === '/broken' ? 500 : 200, delayMs: 0 }));
      const failing = await createApplication(server, [`${receiver.url}/broken`]);
      failingId = failing.endpointIds[0] ?? '';
      for (let n = 0; n < 9; n += 1) {
        const broken = await createApplication(server, [`${receiver.url}/broken`]);
        await publish(broken.applicationId, 3);
      }
      await publish(failing.applicationId, 3);
      await waitForEnds(8 + 30);

      const report = await run('weekly-report.ts');
      expect(report.output).toContain('deliveries: 38, delivered: 21.1 %');
      expect(report.output).toContain('warning: 21.1 % of the deliveries succeeded, expected 95 %');
      expect(report.output).toContain('error http_500: 60');
      const monitor = await run('endpoint-monitor.ts');
      expect(monitor.output).toContain(`warning: End to end, ${failingId}: 0.0 % of 3, expected 90 %; http_500 ×6`);
      expect(monitor.output.match(/warning/g)).toHaveLength(10);
      const watchdog = await run('health-watchdog.ts');
      expect(watchdog.output).toMatch(
        /alert: the health score is \d+(\.\d+)?, expected 50\n {2}-\d+(\.\d+)? success: /,
      );
      expect([report.exitCode, monitor.exitCode, watchdog.exitCode]).toEqual([1, 1, 1]);
    });

    it('tell which caches are hit too rarely', async () => {
      const { body } = await callApi<{ data: { name: string; hitRate: number | null }[] }>(server, {
        path: '/cache/stats',
      });
      const { output, exitCode } = await run('cache-tuning.ts');
      const rare = body.data.filter(({ hitRate }) => hitRate !== null && hitRate < 0.8);
      expect(rare).not.toEqual([]);
      for (const { name } of body.data) expect(output).toContain(`cache ${name}: `);
      expect(output.match(/warning: /g) ?? []).toHaveLength(rare.length);
      expect(exitCode).toBe(rare.length > 0 ? 1 : 0);
    });
  });
});
