/** F18 and F23: many at once with one key, and nobody there who takes the metrics. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { callApi } from '../e2e/support/api.ts';
import { storageKinds } from '../e2e/support/storages.ts';
import { requestCounts, startDrill, type Drill } from './support/drill.ts';

let drill: Drill | undefined;
const keep = (started: Drill): Drill => {
  drill = started;
  return started;
};
afterEach(async () => {
  await drill?.close();
  drill = undefined;
});

describe.each(storageKinds)('on $name', (kind) => {
  it.skipIf(!kind.available)(
    'F18 50 publishes at once with one key make one message, and another body is refused',
    async () => {
      const own = keep(await startDrill(kind));
      const first = await own.start();
      const servers = kind.name === 'postgres' ? [first, await own.start()] : [first];
      const { applicationId } = await own.addCustomer(first, { good: 'good' });
      for (let round = 0; round < 10; round += 1) {
        const publish = (n: number, payload: object) =>
          callApi<{ id: string }>(servers[n % servers.length] ?? first, {
            path: `/app/${applicationId}/msg`,
            body: { eventType: 'race.test', payload },
            idempotencyKey: `round-${String(round)}`,
          });
        const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => publish(n, { round })));
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
        expect((await publish(1, { round, other: true })).status).toBe(422);
      }
      await own.settle();
      expect([...requestCounts(own.receivers).values()]).toEqual(Array.from({ length: 10 }, () => 1));
    },
    120_000,
  );
});

it('F23 a collector of metrics that takes connections and never answers costs no delivery and no repetition', async () => {
  const [sqlite] = storageKinds;
  if (sqlite === undefined) throw new Error('There is no SQLite.');
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}/v1/metrics`;
  const own = keep(await startDrill(sqlite));
  const server = await own.start({
    POSTRIDER_PLUGINS: '@postrider/metrics-otlp',
    POSTRIDER_PLUGIN_OPTIONS: JSON.stringify({ '@postrider/metrics-otlp': { url, intervalMs: 1_000, timeoutMs: 500 } }),
  });
  const customer = await own.addCustomer(server, { good: 'good' });
  for (let n = 0; n < 10; n += 1) expect(await own.publishMany(server, customer, 30)).toBe(30);
  expect(await own.verdict(server)).toEqual([]);
  expect(Math.max(...requestCounts(own.receivers).values())).toBe(1);
  expect(await server.stop()).toBe(0);
  silent.close();
}, 120_000);
