import { emptyRollupSums } from '@postrider/core';
import { MetricsReader } from '@postrider/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EndpointHealthSampler } from '../src/metrics/endpoint-health-sampler.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

const environmentId = `env_${'0'.repeat(27)}`;

describe.each(eachStorage)('S2: what no worker tells is counted too, on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  const seriesOf = (metric: string) =>
    Object.fromEntries(
      (
        server.server.kernel
          .get(MetricsReader)
          .collect()
          .find(({ name }) => name === metric)?.series ?? []
      )
        .filter(({ value }) => value > 0)
        .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
    );
  const createEndpoint = async (application: string, uid: string) => {
    const created = await server.call({
      path: `/app/${application}/endpoint`,
      body: { uid, url: 'https://example.com/' },
    });
    return created.body['id'] as string;
  };

  it('deliveries that end with their endpoint or application, or are cancelled: scrape, ledger and rollups agree', async () => {
    for (const uid of ['a', 'b']) await server.call({ path: '/app', body: { name: uid, uid } });
    const applicationId = (await server.call({ path: '/app/a' })).body['id'] as string;
    for (const uid of ['off', 'gone', 'stays']) await createEndpoint('a', uid);
    await createEndpoint('b', 'other');
    const publish = (application: string, eventType: string) =>
      server.call({ path: `/app/${application}/msg`, body: { eventType, payload: {} } });
    for (let n = 0; n < 3; n += 1) await publish('a', 'one');
    await publish('a', 'two');
    await publish('b', 'one');
    // 4 deliveries each of three endpoints, and 1 of the other application.
    const off = { method: 'PATCH', path: '/app/a/endpoint/off', body: { disabled: true } };
    expect((await server.call(off)).status).toBe(200);
    expect((await server.call({ method: 'DELETE', path: '/app/a/endpoint/gone' })).status).toBe(204);
    const waiting = await server.call({ path: `/deliveries?app_id=${applicationId}&status=pending&limit=1` });
    const [first] = waiting.body['data'] as { id: string }[];
    expect((await server.call({ path: `/deliveries/${first?.id ?? ''}/cancel`, body: {} })).status).toBe(200);
    expect((await server.call({ method: 'DELETE', path: '/app/b' })).status).toBe(204);

    const { body: ledger } = await server.call({ path: '/ledger' });
    const deliveries = seriesOf('webhook_deliveries_total');
    const sum = (outcome: string) =>
      Object.entries(deliveries)
        .filter(([labels]) => labels.startsWith(`${outcome} `))
        .reduce((total, [, value]) => total + value, 0);
    expect({ dead: sum('dead_letter'), cancelled: sum('cancelled') }).toEqual({
      dead: ledger['dead'],
      cancelled: ledger['cancelled'],
    });
    expect(ledger).toMatchObject({ accepted: 13, delivered: 0, dead: 4, cancelled: 6, pending: 3 });
    expect(deliveries).toMatchObject({ 'dead_letter one': 3, 'dead_letter two': 1 });
    expect(seriesOf('webhook_dead_letter_total')).toEqual({ endpoint_disabled: 4 });
    const minute = (offset: number) => new Date(server.clock.nowMs() + offset * 60_000);
    const rollups = await server.storage.readRollups({ environmentId, from: minute(-2), to: minute(2) });
    const counted = rollups.reduce((total, { cancelled, deadLettered }) => total + cancelled + deadLettered, 0);
    expect(counted).toBe(10);
  });

  it('endpoints by health: well without trouble, and as bad as what was counted of them', async () => {
    const { body: application } = await server.call({ path: '/app', body: { name: 'c', uid: 'c' } });
    const applicationId = application['id'] as string;
    const bands = [
      { band: 'excellent', delivered: 100, deadLettered: 0 },
      { band: 'good', delivered: 85, deadLettered: 15 },
      { band: 'fair', delivered: 60, deadLettered: 40 },
      { band: 'poor', delivered: 20, deadLettered: 80 },
      { band: 'critical', delivered: 5, deadLettered: 95 },
    ];
    await server.server.app.get(EndpointHealthSampler).sample();
    // Of the other test: one that stays and one that is disabled.
    expect(seriesOf('webhook_endpoints')).toEqual({ excellent: 1, disabled: 1 });
    for (const { band, delivered, deadLettered } of bands) {
      const endpointId = await createEndpoint('c', band);
      const subject = { environmentId, applicationId, endpointId, eventType: 'a', writerId: 'test' };
      const attempts = { attempts: 100, failedAttempts: deadLettered, delivered, deadLettered };
      const bucketAt = new Date(Math.floor(server.clock.nowMs() / 60_000) * 60_000);
      await server.storage.writeRollups({ rollups: [{ ...emptyRollupSums(), ...subject, ...attempts, bucketAt }] });
    }
    await server.server.app.get(EndpointHealthSampler).sample();
    expect(seriesOf('webhook_endpoints')).toEqual({
      ...{ excellent: 2, good: 1, fair: 1, poor: 1, critical: 1, disabled: 1 },
    });
  });
});
