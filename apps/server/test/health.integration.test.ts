import cacheRedis from '@postrider/cache-redis';
import { createRecordingLogger } from '@postrider/core/testing';
import { Metrics } from '@postrider/metrics';
import storagePostgres from '@postrider/storage-postgres';
import {
  createTestDatabase,
  findFreePort,
  requireService,
  startFaultProxy,
  type FaultProxy,
  type TestDatabase,
} from '@postrider/test-support';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HealthWatch } from '../src/health/health-watch.js';
import { HOST_PORTS } from '../src/plugins/host-ports.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';
import { rootKey, startTestServer, type TestServer, type TestServerOptions } from './support/test-server.js';

const environmentId = `env_${'0'.repeat(27)}`;

/** A delivery of the past, as the rollups have it. */
function rollup(server: StoredServer, counts: { delivered: number; deadLettered: number; durationMs: number }) {
  const { delivered, deadLettered, durationMs } = counts;
  const attempts = delivered + deadLettered;
  return {
    writerId: 'test',
    bucketAt: new Date(Math.floor(server.clock.nowMs() / 60_000) * 60_000),
    ...{ environmentId, applicationId: `app_${'1'.repeat(27)}`, endpointId: `ep_${'1'.repeat(27)}`, eventType: 'a' },
    ...{ attempts, failedAttempts: deadLettered, retries: 0, maxAttemptNumber: 1, delivered, deadLettered },
    ...{ cancelled: 0, durationSumMs: attempts * durationMs, durationMinMs: durationMs, durationMaxMs: durationMs },
    ...{ durations: {}, errors: {}, events: {} },
  };
}

describe.each(eachStorage)('S8: the health of an environment on $name', ({ start }) => {
  const logger = createRecordingLogger();
  let server: StoredServer;
  beforeAll(async () => {
    server = await start({ logger });
  });
  afterAll(() => server.close());

  const score = async (query = '') => (await server.call({ path: `/health/system${query}` })).body;

  it.each([
    [{ delivered: 0, deadLettered: 0, durationMs: 0 }, 100, 'excellent', []],
    [{ delivered: 100, deadLettered: 0, durationMs: 100 }, 100, 'excellent', []],
    [{ delivered: 90, deadLettered: 10, durationMs: 200 }, 92, 'excellent', ['success', 'errors']],
    [{ delivered: 50, deadLettered: 50, durationMs: 200 }, 60, 'fair', ['success', 'errors']],
    [{ delivered: 0, deadLettered: 100, durationMs: 200 }, 20, 'critical', ['success', 'errors']],
    [{ delivered: 100, deadLettered: 0, durationMs: 8_000 }, 88, 'good', ['latency']],
  ])('%j scores %i, %s, because of %j', async (counts, expected, status, reasons) => {
    await server.storage.writeRollups({ rollups: [rollup(server, counts)] });
    const body = await score();
    expect(body).toMatchObject({ score: expected, status, deliveries: counts.delivered + counts.deadLettered });
    const taken = (body['penalties'] as { name: string; value: number }[]).filter(({ value }) => value > 0);
    expect(taken.map(({ name }) => name)).toEqual(reasons);
  });

  it('is told to operators once when its status changes', async () => {
    const watch = server.server.app.get(HealthWatch);
    const looks = async (counts: Parameters<typeof rollup>[1]) => {
      await server.storage.writeRollups({ rollups: [rollup(server, counts)] });
      await watch.sample();
      await server.clock.advance(31_000);
    };
    const wellness = { delivered: 100, deadLettered: 0, durationMs: 100 };
    await looks(wellness);
    await server.clock.advance(3_600_000);
    const illness = { delivered: 0, deadLettered: 100, durationMs: 100 };
    await looks(illness);
    await looks({ ...illness, deadLettered: 101 });
    const events = logger.lines.filter(({ fields }) => fields['type'] === 'health.changed');
    expect(events).toMatchObject([
      {
        fields: {
          environmentId,
          payload: { from: 'excellent', to: 'critical', score: 20, reasons: [{ name: 'success' }, { name: 'errors' }] },
        },
      },
    ]);
  });

  it('can be asked of an application and of an endpoint, and of none that does not exist', async () => {
    await server.call({ path: '/app', body: { name: 'A', uid: 'a' } });
    await server.call({ path: '/app/a/endpoint', body: { url: 'https://example.com/', uid: 'e' } });
    expect(await score('?application=a')).toMatchObject({ score: 100, deliveries: 0 });
    expect(await score('?application=a&endpoint=e')).toMatchObject({ score: 100, deliveries: 0 });
    expect((await server.call({ path: '/health/system?application=b' })).status).toBe(404);
    expect((await server.call({ path: '/health/system?application=a&endpoint=b' })).status).toBe(404);
    expect(await server.call({ path: '/health/system?endpoint=e' })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['query', 'application'] }] },
    });
  });
});

const partsOf = async (server: TestServer) => {
  const { status, body } = await server.call({ path: '/health', key: undefined });
  const checks = body['checks'] as { name: string; status: string }[];
  const unwell = checks.filter((check) => check.status !== 'up').map((check) => `${check.name} ${check.status}`);
  return { status, overall: body['status'], unwell, names: checks.map(({ name }) => name) };
};
const statusOf = async (server: TestServer, probe: string) =>
  (await server.call({ path: `/health/${probe}`, key: undefined })).status;

describe.each(eachStorage)('S9: health checks, each part broken, on $name', ({ start: startOn }) => {
  let server: StoredServer;
  const start = async (role: string, options: TestServerOptions = {}) => {
    server = await startOn({ ...options, environment: { POSTRIDER_ROLE: role, ...options.environment } });
  };
  afterEach(() => server.close());

  it('all parts are looked at, and well', async () => {
    await start('all');
    expect(await partsOf(server)).toEqual({
      status: 200,
      overall: 'up',
      unwell: [],
      names: ['storage', 'workers', 'queue', 'breakers', 'http_client', 'cache', 'clock'],
    });
    const probes = ['live', 'ready', 'startup'].map((probe) => statusOf(server, probe));
    expect(await Promise.all(probes)).toEqual([204, 204, 204]);
  });

  it('workers: a stuck loop fails liveness', async () => {
    await start('all');
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    Object.assign(server.storage, {
      async claimDue() {
        asked.resolve();
        await goOn.promise;
        return [];
      },
    });
    try {
      const isAsked = asked.promise.then(() => true);
      const untilAsked = async (): Promise<boolean> => {
        await server.clock.advance(100);
        return Promise.race([isAsked, Promise.resolve(false)]);
      };
      await expect.poll(untilAsked, { timeout: 20_000 }).toBe(true);
      const areUnwell = async () => {
        await server.clock.advance(1_000);
        return (await partsOf(server)).unwell;
      };
      await expect.poll(areUnwell, { timeout: 20_000 }).toEqual(['workers down']);
      // So far it may be a call of the store that hangs and will be given up.
      expect([await statusOf(server, 'live'), await statusOf(server, 'ready')]).toEqual([204, 503]);
      await server.clock.advance(60_000);
      expect([await statusOf(server, 'live'), await statusOf(server, 'ready')]).toEqual([503, 503]);
    } finally {
      goOn.resolve(); // else the server could not stop
    }
  });

  it('queue and breakers: degraded, still ready', async () => {
    await start('api');
    const metrics = server.server.kernel.get(Metrics);
    metrics.gauge('webhook_oldest_due_age_seconds').set(301);
    metrics.gauge('webhook_circuit_breaker_state', { state: 'open' }).set(2);
    expect(await partsOf(server)).toMatchObject({
      status: 200,
      overall: 'degraded',
      unwell: ['queue degraded', 'breakers degraded'],
    });
    expect(await statusOf(server, 'ready')).toBe(204);
  });

  it('http_client: most endpoints fail together, so it may be our network: degraded, still ready', async () => {
    const nobody = await findFreePort();
    await start('all', { environment: { POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8' } });
    await server.call({ path: '/app', body: { name: 'A', uid: 'a' } });
    for (let count = 0; count < 12; count += 1) {
      const body = { url: `http://127.0.0.1:${String(nobody)}/${String(count)}` };
      expect((await server.call({ path: '/app/a/endpoint', body })).status).toBe(201);
    }
    const isSuspect = async (): Promise<boolean> => {
      await server.call({ path: '/app/a/msg', body: { eventType: 'a.b', payload: {} } });
      await server.clock.advance(100);
      return (await partsOf(server)).unwell.includes('http_client degraded');
    };
    await expect.poll(isSuspect, { timeout: 20_000 }).toBe(true);
    expect(await partsOf(server)).toMatchObject({ status: 200, overall: 'degraded' });
    expect(await statusOf(server, 'ready')).toBe(204);
  });

  it('cache: a Redis that is away is degraded, still ready', async () => {
    const url = `redis://127.0.0.1:${String(await findFreePort())}`;
    await start('api', { plugins: [{ plugin: cacheRedis, config: { url } }] });
    expect(await partsOf(server)).toMatchObject({ status: 200, overall: 'degraded', unwell: ['cache degraded'] });
    expect(await statusOf(server, 'ready')).toBe(204);
  });

  it('clock: off the clock of the store by seconds is degraded, by a minute not ready', async () => {
    await start('worker');
    const skews = [
      [4_000, 'up', 204],
      [6_000, 'degraded', 204],
      [-6_000, 'degraded', 204],
      [61_000, 'down', 503],
      [-61_000, 'down', 503],
    ] as const;
    for (const [skewMs, status, ready] of skews) {
      Object.assign(server.server.app.get<object>(HOST_PORTS), { sharedClock: { hostAheadMs: skewMs } });
      expect((await partsOf(server)).unwell).toEqual(status === 'up' ? [] : [`clock ${status}`]);
      expect(await statusOf(server, 'ready')).toBe(ready);
    }
  });
});

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('S9: health checks while PostgreSQL is away', () => {
  let database: TestDatabase;
  let proxy: FaultProxy;
  let server: TestServer;
  beforeEach(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    proxy = await startFaultProxy({ host: url.hostname, port: Number(url.port || 5432) });
    url.host = `${proxy.host}:${String(proxy.port)}`;
    server = await startTestServer({
      environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_ROLE: 'all' },
      entry: { plugin: storagePostgres, config: { url: url.href, connectTimeoutMs: 500 } },
    });
  });
  afterEach(async () => {
    proxy.heal();
    await server.close();
    await proxy.close();
    await database.drop();
  });

  const areUnwell = async () => {
    await server.clock.advance(1_000);
    return (await partsOf(server)).unwell;
  };

  it('is not ready, but alive, and well again by itself', async () => {
    expect((await partsOf(server)).unwell).toEqual([]);
    proxy.refuse();
    // Loops that fail with the store are not stuck, however long it is away: a restart would help nobody.
    await expect.poll(areUnwell, { timeout: 20_000 }).toEqual(['storage down', 'workers down']);
    await server.clock.advance(120_000);
    expect([await statusOf(server, 'live'), await statusOf(server, 'ready')]).toEqual([204, 503]);
    expect(await partsOf(server)).toMatchObject({ status: 503, overall: 'down' });
    proxy.heal();
    await expect.poll(areUnwell, { timeout: 20_000 }).toEqual([]);
    expect([await statusOf(server, 'live'), await statusOf(server, 'ready')]).toEqual([204, 204]);
  });
});
