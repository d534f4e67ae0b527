/** F2, F9 and F22: processes that stand still, and machines whose clocks are wrong. */
import { afterEach, describe, expect, it } from 'vitest';
import { callApi } from '../e2e/support/api.ts';
import { storageKinds } from '../e2e/support/storages.ts';
import { leaseMs, requestCounts, startDrill, until, type Drill } from './support/drill.ts';

const drills: Drill[] = [];
afterEach(async () => {
  await Promise.all(drills.splice(0).map((drill) => drill.close()));
});
const postgres = storageKinds.filter(({ name }) => name === 'postgres');
const preload = (name: string): string => `--import ${new URL(`support/${name}.mjs`, import.meta.url).href}`;

async function prepare(kind: (typeof storageKinds)[number], endpoints: Parameters<Drill['addCustomer']>[1]) {
  const drill = await startDrill(kind);
  drills.push(drill);
  const setUp = await drill.start();
  const customer = await drill.addCustomer(setUp, endpoints);
  await setUp.stop();
  return { drill, customer };
}

describe.each(storageKinds)('on $name', (kind) => {
  it.skipIf(!kind.available)(
    'F2 a process that stands still beyond its lease repeats a request, and its late result changes nothing',
    async () => {
      const { drill, customer } = await prepare(kind, { slow: 'slow' });
      const stopMs = leaseMs + 5_000;
      const stopping = await drill.start({
        POSTRIDER_FAILPOINTS: `attempt.after_request_written=stop:${String(stopMs)}`,
      });
      // The other one starts only now, so that the first one has the delivery.
      const publishing = drill.publish(stopping, customer);
      await until('the request was written', () => drill.receivers.seen.length === 1);
      const other = kind.name === 'postgres' ? await drill.start() : undefined;
      await Promise.race([publishing, until('it was sent again', () => drill.receivers.seen.length > 1, 40_000)]);
      await drill.settle();
      await drill.noteEnds();
      await callApi(stopping, { path: '/health/ping' }); // it goes on again
      await publishing;
      if (other !== undefined) {
        const noticed = (): boolean => /came too late|A lease was lost/.test(stopping.output());
        await until('the first process noticed that it is too late', noticed);
      }
      expect(await drill.verdict(other ?? stopping)).toEqual([]);
      const [count = 0] = requestCounts(drill.receivers).values();
      // On SQLite nobody else was there: whether it finds the answer or its own reaper first is a matter of chance.
      expect(kind.name === 'postgres' ? [2] : [1, 2]).toContain(count);
      const outcomes = (await drill.ledger.readAttempts()).map(({ outcome }) => outcome).sort();
      expect(outcomes).toEqual(['succeeded', 'unknown'].slice(0, count));
    },
    120_000,
  );
});

describe.each(postgres)('on $name', (kind) => {
  it.skipIf(!kind.available)(
    'F22 a blocked event loop costs nothing within the lease, and at most a repetition beyond it',
    async () => {
      const { drill, customer } = await prepare(kind, { slow: 'slow' });
      const blocked = await drill.start({ NODE_OPTIONS: preload('block-event-loop'), TEST_BLOCK_MS: '5000' });
      expect(await drill.publishMany(blocked, customer, 10)).toBe(10);
      const healthy = await drill.start({ POSTRIDER_ROLE: 'worker' });
      await drill.settle();
      expect(await drill.publishMany(blocked, customer, 10)).toBe(10);
      process.kill(blocked.pid, 'SIGUSR2');
      await drill.settle();
      expect(Math.max(...requestCounts(drill.receivers).values())).toBe(1);
      await blocked.stop();

      const longer = await drill.start({
        NODE_OPTIONS: preload('block-event-loop'),
        TEST_BLOCK_MS: String(leaseMs + 3_000),
      });
      const before = drill.receivers.seen.length;
      expect(await drill.publishMany(longer, customer, 10)).toBe(10);
      await until('requests are under way', () => drill.receivers.seen.length > before);
      process.kill(longer.pid, 'SIGUSR2');
      await drill.settle();
      await drill.noteEnds();
      expect(await drill.verdict(longer)).toEqual([]);
      expect(Math.max(...requestCounts(drill.receivers).values())).toBeLessThanOrEqual(2);
      expect(healthy.output()).not.toContain('"level":"error"');
    },
    120_000,
  );

  it.skipIf(!kind.available).each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])(
    'F9 a worker whose machine is 10 min %s takes no lease away, retries on time, signs the right time, and is not ready',
    async (_direction, skewMs) => {
      const { drill, customer } = await prepare(kind, { slow: 'slow', throttling: 'throttling' });
      const right = await drill.start();
      const wrong = await drill.start({
        NODE_OPTIONS: preload('skew-clock'),
        TEST_SKEW_MS: String(skewMs),
        POSTRIDER_ROLE: 'worker',
      });
      expect(wrong.output()).toContain('The clock of this machine is wrong');
      const health = await fetch(`${wrong.url}/api/v1/health`);
      expect(health.status).toBe(503);
      const { checks } = (await health.json()) as { checks: { name: string; healthy: boolean }[] };
      expect(checks.filter(({ healthy }) => !healthy).map(({ name }) => name)).toEqual(['clock']);
      expect((await fetch(`${wrong.url}/api/v1/health/ready`)).status).toBe(503);
      expect((await fetch(`${right.url}/api/v1/health/ready`)).status).toBe(204);

      for (let round = 0; round < 4; round += 1) expect(await drill.publishMany(right, customer, 10)).toBe(10);
      drill.receivers.calm();
      await right.stop(); // from here on the wrong one is alone
      await drill.settle();
      const again = await drill.start({ POSTRIDER_ROLE: 'api' });
      expect(await drill.publishMany(again, customer, 5)).toBe(5);
      expect(await drill.verdict(again)).toEqual([]);
      for (const { headers, atMs } of drill.receivers.seen) {
        expect(Math.abs(Number(headers['webhook-timestamp']) * 1_000 - atMs)).toBeLessThan(15_000);
      }
      const attempts = await drill.ledger.readAttempts();
      expect(attempts.filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
    },
    120_000,
  );
});
