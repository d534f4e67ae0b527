import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callApi, createApplication } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

interface Report {
  totalEvents: number;
  deliveries: number;
}

const dayMs = 86_400_000;
const messages = 12;

describe.each(storageKinds)('analytics on $name', (kind) => {
  describe.skipIf(!kind.available)('with the real server', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let applicationId: string;
    let endpointId: string;
    const range = () => {
      const nowMs = Date.now();
      return `from=${new Date(nowMs - dayMs).toISOString()}&to=${new Date(nowMs + 1_000).toISOString()}`;
    };

    beforeAll(async () => {
      storage = await kind.create();
      server = await startServer(storage.environment);
      receiver = await startReceiver();
      const created = await createApplication(server, [`${receiver.url}/counted`]);
      applicationId = created.applicationId;
      endpointId = created.endpointIds[0] ?? '';
      for (let n = 0; n < messages; n += 1) {
        await callApi(server, {
          path: `/app/${applicationId}/msg`,
          body: { eventType: n % 3 === 0 ? 'invoice.void' : 'invoice.paid', payload: { n } },
        });
      }
      await vi.waitFor(
        async () => {
          const report = await callApi<Report>(server, { path: `/analytics/report?${range()}` });
          expect(report.body.deliveries).toBe(messages);
        },
        { timeout: 10_000 },
      );
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    it('S5: reports a period, by environment, application, endpoint and event type', async () => {
      const { status, body } = await callApi(server, { path: `/analytics/report?${range()}&time_zone=Europe/Berlin` });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...{ totalEvents: messages, deliveries: messages, successRate: 1, errorBreakdown: {} },
        topEndpoints: [{ endpointId, count: messages }],
        performance: { averageRetryCount: 0, maxRetryCount: 0, retryRate: 0 },
      });
      const hours = Object.values(body['hourlyDistribution'] as Record<string, number>);
      expect(hours).toHaveLength(24);
      expect(hours.reduce((sum, count) => sum + count, 0)).toBe(messages);
      const where = `app_id=${applicationId}&endpoint_id=${endpointId}&event_type=invoice.void`;
      const part = await callApi<Report>(server, { path: `/analytics/report?${range()}&${where}` });
      expect(part.body.deliveries).toBe(messages / 3);
    });

    it('S6: reports an endpoint by day, with its trend', async () => {
      const { body } = await callApi(server, {
        path: `/analytics/endpoints/${endpointId}?app_id=${applicationId}&days=2`,
      });
      expect(body).toMatchObject({
        ...{ endpointId, deliveries: messages, delivered: messages, deadLettered: 0, successRate: 1, errors: {} },
        trend: { direction: 'stable', firstHalfSuccessRate: 1, secondHalfSuccessRate: 1 },
      });
      const daily = body['daily'] as { deliveries: number }[];
      expect(daily.length).toBeGreaterThanOrEqual(2);
      expect(daily.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(messages);
    });

    it('S7: counts every delivery event once, and charts them', async () => {
      const { body } = await callApi(server, { path: `/analytics/report?${range()}` });
      expect(body['events']).toEqual({ delivery: messages, error: 0, rate_limit: 0, circuit_breaker: 0 });
      const series = await callApi<{ points: { value: number }[] }>(server, {
        path: `/analytics/timeseries?metric=deliveries&step=hour&${range()}`,
      });
      expect(series.body.points.length).toBeGreaterThanOrEqual(24);
      expect(series.body.points.reduce((sum, { value }) => sum + value, 0)).toBe(messages);
    });

    it('S7: counts sends that a rate held back, and circuit breakers that opened', async () => {
      const guarded = await createApplication(server, [`${receiver.url}/paced`, `${receiver.url}/broken`]);
      const [pacedId = '', brokenId = ''] = guarded.endpointIds;
      const path = `/app/${guarded.applicationId}`;
      const pace = { url: `${receiver.url}/paced`, throttleRate: 20 };
      expect((await callApi(server, { method: 'PUT', path: `${path}/endpoint/${pacedId}`, body: pace })).status).toBe(
        200,
      );
      receiver.answerWith((request) => ({ status: request.path === '/broken' ? 500 : 200 }));
      for (let n = 0; n < 25; n += 1) {
        await callApi(server, { path: `${path}/msg`, body: { eventType: 'invoice.paid', payload: { n } } });
      }
      const eventsOf = async (id: string) => {
        const scope = `app_id=${guarded.applicationId}&endpoint_id=${id}`;
        const report = await callApi<{ events: Record<string, number> }>(server, {
          path: `/analytics/report?${range()}&${scope}`,
        });
        return report.body.events;
      };
      await vi.waitFor(
        async () => {
          const [paced, broken] = [await eventsOf(pacedId), await eventsOf(brokenId)];
          expect(paced['rate_limit']).toBeGreaterThan(0);
          expect(paced).toMatchObject({ circuit_breaker: 0, delivery: 25 });
          expect(broken['circuit_breaker']).toBeGreaterThan(0);
          expect(broken).toMatchObject({ rate_limit: 0 });
        },
        { timeout: 20_000 },
      );
    });

    it.each([
      ['time_zone', '/analytics/report?RANGE&time_zone=Mars/Olympus'],
      ['from', '/analytics/report?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
      ['from', '/analytics/report?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
      ['to', '/analytics/report?from=2026-02-01T00:00:00Z&to=tomorrow'],
      ['metric', '/analytics/timeseries?RANGE&metric=karma'],
      ['step', '/analytics/timeseries?RANGE&metric=attempts&step=week'],
      ['app_id', '/analytics/endpoints/ep_unknown'],
      ['days', '/analytics/endpoints/ep_unknown?app_id=a&days=0'],
    ])('refuses a wrong %s in %s, and names it', async (field, path) => {
      const answer = await callApi<{ detail: { loc: string[] }[] }>(server, { path: path.replace('RANGE', range()) });
      expect(answer.status).toBe(422);
      expect(answer.body.detail[0]?.loc).toEqual(['query', field]);
    });

    it('knows no endpoint of nobody', async () => {
      const path = `/analytics/endpoints/ep_000000000000000000000000000?app_id=${applicationId}`;
      expect((await callApi(server, { path })).status).toBe(404);
    });
  });
});
