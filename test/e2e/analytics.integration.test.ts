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

describe.each(storageKinds)('S4 to S9: what a server knows of itself, on $name', (kind) => {
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

    it('S5: a period without deliveries has zeros and empty lists, and no NaN', async () => {
      const nowMs = Date.now();
      const empty = `from=${new Date(nowMs - 5 * dayMs).toISOString()}&to=${new Date(nowMs - 3 * dayMs).toISOString()}`;
      const { status, body } = await callApi(server, { path: `/analytics/report?${empty}` });
      expect(status).toBe(200);
      const none = { averageRetryCount: 0, maxRetryCount: 0, retryRate: 0, min: 0, max: 0, p50: 0, p95: 0, p99: 0 };
      expect(body).toMatchObject({
        ...{ totalEvents: 0, deliveries: 0, successRate: 0, attemptSuccessRate: 0, averageResponseTime: 0 },
        ...{ topEndpoints: [], errorBreakdown: {}, performance: none },
        events: { delivery: 0, error: 0, rate_limit: 0, circuit_breaker: 0 },
      });
      expect(new Set(Object.values(body['hourlyDistribution'] as object))).toEqual(new Set([0]));
    });

    it('S8: scores the environment, its application and its endpoint by the last hour', async () => {
      for (const query of [
        '',
        `?application=${applicationId}`,
        `?application=${applicationId}&endpoint=${endpointId}`,
      ]) {
        const { status, body } = await callApi(server, { path: `/health/system${query}` });
        expect(status).toBe(200);
        expect(body).toMatchObject({ status: 'excellent', errors: 0, successRate: 1 });
        expect(body['deliveries']).toBeGreaterThanOrEqual(messages);
        expect((body['penalties'] as object[]).length).toBe(5);
      }
    });

    it('S9: looks at every part, and answers the probes', async () => {
      const { status, body } = await callApi<{
        status: string;
        phase: string;
        checks: { name: string; status: string }[];
      }>(server, { path: '/health' });
      expect([status, body.status, body.phase]).toEqual([200, 'up', 'serving']);
      expect(body.checks.map((check) => `${check.name} ${check.status}`)).toEqual(
        ['storage', 'workers', 'queue', 'breakers', 'http_client', 'cache', 'clock'].map((name) => `${name} up`),
      );
      for (const probe of ['live', 'ready', 'startup', 'ping']) {
        expect((await callApi(server, { path: `/health/${probe}` })).status).toBe(204);
      }
    });

    it('S4: tells what the caches did, and forgets by key, tag and pattern', async () => {
      const values = async () => {
        const { body } = await callApi<{ data: Record<string, number>[] }>(server, { path: '/cache/stats' });
        return body.data.find(({ name }) => (name as unknown) === 'values') ?? {};
      };
      const publish = () =>
        callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: 'cache.test', payload: {} } });
      const growthOf = async (what: 'hits' | 'misses', work: () => Promise<unknown>) => {
        const before = (await values())[what] ?? 0;
        await work();
        return ((await values())[what] ?? 0) - before;
      };
      await publish();
      expect(await growthOf('hits', publish)).toBeGreaterThan(0);
      const names = [{ key: `application:${applicationId}` }, { tag: `app:${applicationId}` }, { pattern: '*' }];
      for (const body of names) {
        await publish();
        expect((await callApi(server, { path: '/cache/invalidate', body })).status).toBe(204);
        expect(await growthOf('misses', publish)).toBeGreaterThan(0);
      }
      const { hits = 0, misses = 0, hitRate, maxEntries } = await values();
      expect({ hitRate, maxEntries }).toEqual({ hitRate: hits / (hits + misses), maxEntries: 1_000 });
    });

    it('knows no endpoint of nobody', async () => {
      const path = `/analytics/endpoints/ep_000000000000000000000000000?app_id=${applicationId}`;
      expect((await callApi(server, { path })).status).toBe(404);
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
  });
});
