import { createRecordingLogger } from '@postrider/core/testing';
import { afterEach, expect, it } from 'vitest';
import { OperationalEvents } from '../src/operations/operational-events.js';
import { HOST_PORTS, type HostPorts } from '../src/plugins/host-ports.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
afterEach(() => server.close());

/** No JSON text can be made of it. */
const poisoned = { type: 'health.changed', payload: { count: 1n } } as const;
const healthy = (n: number) => ({ type: 'alert.raised', payload: { n } }) as const;

/** The types of what was stored for the subscribers, oldest first. */
async function storedTypes(): Promise<readonly string[]> {
  const { storage } = server.server.app.get<HostPorts>(HOST_PORTS);
  const environments = await storage.listEnvironments({});
  const environmentId = environments.find(({ id }) => id.endsWith('.operational'))?.id ?? '';
  const application = await storage.getApplication({ environmentId, application: { uid: 'operational' } });
  const { items } = await storage.listMessages({
    ...{ environmentId, applicationId: String(application?.id), filter: {}, withPayload: false },
    page: { limit: 50, order: 'ascending' },
  });
  return items.map(({ eventType }) => eventType);
}

function countLost(): unknown {
  const { metricsReader } = server.server.app.get<HostPorts>(HOST_PORTS);
  const family = metricsReader.collect().find(({ name }) => name === 'webhook_operational_events_lost_total');
  return family?.series.filter(({ value }) => value > 0).map(({ labels, value }) => ({ ...labels, value }));
}

it('an event that cannot be stored holds up no other, and is given up after 300 tries', async () => {
  const logger = createRecordingLogger();
  server = await startTestServer({ logger });
  await server.call({ path: '/operational-webhook/endpoint', body: { url: 'https://ops.example.com/' } });
  const events = server.server.app.get(OperationalEvents);
  const ofPoisoned = () => logger.lines.filter(({ fields }) => fields['error'] !== undefined);

  events.emit(poisoned);
  events.emit(healthy(1));
  await expect.poll(storedTypes).toEqual(['alert.raised']);
  await server.clock.advance(200_000);
  events.emit(healthy(2));
  await server.clock.advance(1_000);
  await expect.poll(storedTypes).toEqual(['alert.raised', 'alert.raised']);
  expect(ofPoisoned()).toMatchObject([{ level: 'warn', fields: { type: poisoned.type } }]);
  expect(countLost()).toEqual([]);

  await server.clock.advance(100_000);
  expect(ofPoisoned()).toMatchObject([{ level: 'warn' }, { level: 'error', fields: { failures: 300 } }]);
  expect(countLost()).toEqual([{ reason: 'refused', value: 1 }]);
  events.emit(healthy(3));
  await expect.poll(storedTypes).toHaveLength(3);
});
