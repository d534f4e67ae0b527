import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookMetrics } from '@postrider/metrics';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { freePort, startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

/** What Prometheus would make of the text. */
function parse(text: string) {
  const types = new Map<string, string>();
  const samples: { readonly name: string; readonly labels: string; readonly value: number }[] = [];
  for (const line of text.split('\n')) {
    const [, typed = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (typed !== '') types.set(typed, type);
    const [, name = '', labels = '', value = ''] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name !== '') samples.push({ name, labels, value: Number(value) });
  }
  const sum = (name: string, label = ''): number =>
    samples
      .filter((sample) => sample.name === name && sample.labels.includes(label))
      .reduce((total, { value }) => total + value, 0);
  return { types, sum };
}

describe.each(storageKinds)('S1 and S2: metrics on $name', (kind) => {
  describe.skipIf(!kind.available)('of the real server', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let metricsUrl: string;

    beforeAll(async () => {
      storage = await kind.create();
      const port = String(await freePort());
      metricsUrl = `http://127.0.0.1:${port}/metrics`;
      const environment = { POSTRIDER_METRICS_PORT: port, POSTRIDER_RETRY_SCHEDULE: '1s' };
      server = await startServer({ ...storage.environment, ...environment });
      receiver = await startReceiver();
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    const scrape = async () => parse(await (await fetch(metricsUrl)).text());

    it('has every metric of the catalogue with its type, and counts what the database has', async () => {
      receiver.answerWith(({ path }) => ({ status: path === '/bad' ? 500 : 200 }));
      const { applicationId, endpointIds } = await createApplication(server, [
        `${receiver.url}/good`,
        `${receiver.url}/bad`,
      ]);
      // Few enough for the breaker of the failing endpoint to stay closed.
      const publishes = 3;
      for (let count = 0; count < publishes; count += 1) {
        const body = { eventType: 'invoice.paid', payload: { count } };
        expect((await callApi(server, { path: `/app/${applicationId}/msg`, body })).status).toBe(202);
      }
      const refused = await callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: '!' } });
      expect(refused.status).toBe(422);

      const statsOf = async (index: number) => {
        const path = `/app/${applicationId}/endpoint/${endpointIds[index] ?? ''}/stats`;
        return (await callApi<{ success: number; fail: number }>(server, { path })).body;
      };
      await expect
        .poll(async () => [(await statsOf(0)).success, (await statsOf(1)).fail], { timeout: 30_000 })
        .toEqual([publishes, publishes]);
      // What is stored is told to observers a moment later.
      await expect.poll(async () => (await scrape()).sum('webhook_deliveries_total')).toBe(2 * publishes);

      const { types, sum } = await scrape();
      expect(Object.fromEntries(types)).toMatchObject(
        Object.fromEntries(Object.entries(webhookMetrics).map(([name, { type }]) => [name, type])),
      );
      expect(sum('webhook_publish_total', 'accepted')).toBe(publishes);
      expect(sum('webhook_deliveries_total', 'outcome="delivered"')).toBe(publishes);
      expect(sum('webhook_deliveries_total', 'outcome="dead_letter"')).toBe(publishes);
      expect(sum('webhook_dead_letter_total', 'reason="exhausted"')).toBe(publishes);
      expect(sum('webhook_attempts_total', 'outcome="succeeded"')).toBe(publishes);
      expect(sum('webhook_delivery_duration_seconds_count')).toBe(sum('webhook_attempts_total'));
      expect(sum('webhook_attempts_total')).toBe(receiver.requests.length);
      expect(sum('webhook_retry_attempts', 'attempt="1"')).toBe(publishes);
      expect(sum('webhook_end_to_end_seconds_count')).toBe(publishes);
      expect(sum('webhook_publish_batch_size_sum')).toBe(publishes);
      expect(sum('webhook_validation_errors')).toBeGreaterThanOrEqual(1);
      expect(sum('webhook_build_info', 'version=')).toBe(1);
      const ops = ['append_messages', 'claim_due', 'record_outcomes', 'reap_expired'];
      const calls = ops.map((op) => sum('webhook_storage_batch_seconds_count', `op="${op}"`));
      expect(calls.every((count) => count > 0)).toBe(true);
    });

    it('samples the queue, the worker and the event loop', async () => {
      await expect
        .poll(async () => (await scrape()).types.has('webhook_queue_size') && (await fetch(metricsUrl)).text(), {
          timeout: 25_000,
        })
        .toMatch(/^webhook_queue_size\{state="due"\} \d+\n(?:.*\n)*webhook_worker_utilization\{worker=".+"\} /m);
      const { sum } = await scrape();
      expect(sum('webhook_worker_utilization')).toBeLessThanOrEqual(1);
      expect(sum('webhook_event_loop_lag_seconds')).toBeGreaterThanOrEqual(0);
    });

    it('never has a URL, a message or an endpoint in a label', async () => {
      const text = await (await fetch(metricsUrl)).text();
      expect(text).not.toMatch(/(msg_|ep_|app_)[0-9A-Za-z]{27}/);
      expect(text).not.toContain(receiver.url);
    });

    it('summarises the same numbers over the API', async () => {
      const summary = await callApi<{
        windowSeconds: number;
        metrics: Record<string, { count: number; latest?: number }>;
      }>(server, { path: '/metrics/summary?window=300' });
      expect(summary.status).toBe(200);
      expect(summary.body.windowSeconds).toBe(300);
      expect(Object.keys(summary.body.metrics).toSorted()).toEqual(Object.keys(webhookMetrics).toSorted());
      const { sum } = await scrape();
      expect(summary.body.metrics['webhook_deliveries_total']?.count).toBe(sum('webhook_deliveries_total'));
      expect(summary.body.metrics['webhook_attempts_total']?.latest).toBe(sum('webhook_attempts_total'));
    });
  });
});
