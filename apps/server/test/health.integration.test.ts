import { createServer, type AddressInfo } from 'node:net';
import { Storage } from '@postrider/core';
import { createRecordingLogger } from '@postrider/core/testing';
import { Metrics } from '@postrider/metrics';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HealthWatch } from '../src/health/health-watch.js';
import { HOST_PORTS } from '../src/plugins/host-ports.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';
import { rootKey, startTestServer } from './support/test-server.js';

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

/** Where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('S9: health checks, each part broken', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>;
  const start = async (role: string, environment: Record<string, string> = {}) => {
    server = await startTestServer({
      environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_ROLE: role, ...environment },
    });
  };
  afterEach(() => server.close());

  const partsOf = async () => {
    const { status, body } = await server.call({ path: '/health', key: undefined });
    const checks = body['checks'] as { name: string; status: string }[];
    const unwell = checks.filter((check) => check.status !== 'up').map((check) => `${check.name} ${check.status}`);
    return { status, overall: body['status'], unwell, names: checks.map(({ name }) => name) };
  };
  const statusOf = async (probe: string) => (await server.call({ path: `/health/${probe}`, key: undefined })).status;

  it('all parts are looked at, and well', async () => {
    await start('all');
    expect(await partsOf()).toEqual({
      status: 200,
      overall: 'up',
      unwell: [],
      names: ['storage', 'workers', 'queue', 'breakers', 'http_client', 'cache', 'clock'],
    });
    expect([await statusOf('live'), await statusOf('ready'), await statusOf('startup')]).toEqual([204, 204, 204]);
  });

  it('storage: not ready, but alive', async () => {
    await start('all');
    server.watched.failWith(new Error('made to fail'));
    await server.clock.advance(1_000);
    expect(await partsOf()).toMatchObject({ status: 503, overall: 'down', unwell: ['storage down'] });
    expect([await statusOf('live'), await statusOf('ready')]).toEqual([204, 503]);
  });

  it('workers: a stuck loop fails liveness', async () => {
    await start('all');
    server.watched.gather('claimDue', 2);
    await server.clock.advance(8_000);
    expect(await partsOf()).toMatchObject({ status: 503, unwell: ['workers down'] });
    // So far it may be a call of the store that hangs and will be given up.
    expect([await statusOf('live'), await statusOf('ready')]).toEqual([204, 503]);
    await server.clock.advance(60_000);
    expect([await statusOf('live'), await statusOf('ready')]).toEqual([503, 503]);
    // A second call lets the first one go on, so that the server can stop.
    const now = server.clock.now();
    const claim = { workerId: 'other', limit: 1, perEndpointLimit: 1, leaseUntil: now, now };
    await server.server.kernel.get(Storage).claimDue(claim);
  });

  it('workers: loops that fail with the store are not stuck', async () => {
    await start('all');
    server.watched.failWith(new Error('made to fail'));
    await server.clock.advance(8_000);
    expect((await partsOf()).unwell).toEqual(['storage down', 'workers down']);
    expect([await statusOf('live'), await statusOf('ready')]).toEqual([204, 503]);
  });

  it('queue and breakers: degraded, still ready', async () => {
    await start('api');
    const metrics = server.server.kernel.get(Metrics);
    metrics.gauge('webhook_oldest_due_age_seconds').set(301);
    metrics.gauge('webhook_circuit_breaker_state', { state: 'open' }).set(2);
    expect(await partsOf()).toMatchObject({
      status: 200,
      overall: 'degraded',
      unwell: ['queue degraded', 'breakers degraded'],
    });
    expect(await statusOf('ready')).toBe(204);
  });

  it('http_client: most endpoints fail together, so it may be our network: degraded, still ready', async () => {
    const nobody = await closedPort();
    await start('all', { POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8' });
    await server.call({ path: '/app', body: { name: 'A', uid: 'a' } });
    for (let count = 0; count < 12; count += 1) {
      const body = { url: `http://127.0.0.1:${nobody}/${count}` };
      expect((await server.call({ path: '/app/a/endpoint', body })).status).toBe(201);
    }
    const isSuspect = async (): Promise<boolean> => {
      await server.call({ path: '/app/a/msg', body: { eventType: 'a.b', payload: {} } });
      await server.clock.advance(100);
      return (await partsOf()).unwell.includes('http_client degraded');
    };
    await expect.poll(isSuspect, { timeout: 20_000 }).toBe(true);
    expect(await partsOf()).toMatchObject({ status: 200, overall: 'degraded' });
    expect(await statusOf('ready')).toBe(204);
  });

  it('cache: away is degraded, still ready', async () => {
    await start('api');
    Object.assign(server.server.app.get<object>(HOST_PORTS), {
      cache: { statistics: async () => ({ available: false }) },
    });
    expect(await partsOf()).toMatchObject({ status: 200, overall: 'degraded', unwell: ['cache degraded'] });
    expect(await statusOf('ready')).toBe(204);
  });

  it.each([
    [4_000, 'up', 204],
    [6_000, 'degraded', 204],
    [-6_000, 'degraded', 204],
    [61_000, 'down', 503],
    [-61_000, 'down', 503],
  ])('clock: %i ms off the clock of the store is %s', async (skewMs, status, ready) => {
    await start('worker');
    Object.assign(server.server.app.get<object>(HOST_PORTS), { sharedClock: { hostAheadMs: skewMs } });
    expect((await partsOf()).unwell).toEqual(status === 'up' ? [] : [`clock ${status}`]);
    expect(await statusOf('ready')).toBe(ready);
  });
});
