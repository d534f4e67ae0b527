import { describe, expect, it } from 'vitest';
import { HOST_PORTS, type HostPorts } from '../src/plugins/host-ports.js';
import { MetricsSampler } from '../src/metrics/metrics-sampler.js';
import { eachStorage } from './support/each-storage.js';
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

describe.each(eachStorage)('too many waiting deliveries of one application, on $name', ({ start }) => {
  it('are refused without harm to the others, until they are fewer', async () => {
    const server = await start({
      environment: { POSTRIDER_API_KEY: rootKey, POSTRIDER_MAX_PENDING_PER_APPLICATION: '3' },
    });
    const createPublisher = async (name: string) => {
      await server.call({ path: '/app', body: { name, uid: name } });
      await server.call({ path: `/app/${name}/endpoint`, body: { url: 'https://hooks.example.com/' } });
      return () => server.call({ path: `/app/${name}/msg`, body: { eventType: 'invoice.paid', payload: {} } });
    };
    const [noisy, quiet] = [await createPublisher('noisy'), await createPublisher('quiet')];
    const look = () => server.server.app.get(MetricsSampler).sample();

    await quiet();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(String((await noisy()).body['id']));
    await look();
    const refused = await noisy();
    expect(refused).toMatchObject({ status: 429, body: { code: 'application_queue_full' } });
    expect(refused.headers['retry-after']).toBe('10');
    const { metricsReader } = server.server.app.get<HostPorts>(HOST_PORTS);
    const published = metricsReader.collect().find(({ name }) => name === 'webhook_publish_total');
    expect(published?.series).toContainEqual(expect.objectContaining({ labels: { result: 'refused' }, value: 1 }));
    expect((await quiet()).status).toBe(202);

    await server.call({ method: 'DELETE', path: `/app/noisy/msg/${ids[0] ?? ''}/content` });
    await look();
    expect((await noisy()).status).toBe(202);
    await server.close();
  });
});
