import { expect, it } from 'vitest';
import { MetricsSampler } from '../src/metrics/metrics-sampler.js';
import { rootKey, startTestServer } from './support/test-server.js';

it('refuses messages while too many deliveries wait, and takes them again when there are fewer', async () => {
  const server = await startTestServer({ environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_MAX_PENDING: '3' } });
  const application = await server.call({ path: '/app', body: { name: 'Customer' } });
  const path = `/app/${String(application.body['id'])}`;
  await server.call({ path: `${path}/endpoint`, body: { url: 'https://hooks.example.com/' } });
  const publish = () => server.call({ path: `${path}/msg`, body: { eventType: 'invoice.paid', payload: {} } });
  const look = () => server.server.app.get(MetricsSampler).sample();

  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const published = await publish();
    expect(published.status).toBe(202);
    ids.push(String(published.body['id']));
  }
  await look();
  const refused = await publish();
  expect(refused).toMatchObject({ status: 503, body: { code: 'queue_full' }, headers: { 'retry-after': '10' } });

  await server.call({ method: 'DELETE', path: `${path}/msg/${ids[0] ?? ''}/content` });
  await look();
  expect((await publish()).status).toBe(202);
  await server.close();
});
