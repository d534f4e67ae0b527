/** F1, F3, F4 and F16: processes that die at the worst moment. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { storageKinds } from '../e2e/support/storages.ts';
import { leaseMs, requestCounts, startDrill, until, type Drill } from './support/drill.ts';

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
    'F1 a crash between the commit of a publish and all that follows loses nothing',
    async () => {
      const own = keep(await startDrill(kind));
      const setUp = await own.start();
      const customer = await own.addCustomer(setUp, { good: 'good' });
      await setUp.kill();
      for (const hit of [1, 3]) {
        const server = await own.start({ POSTRIDER_FAILPOINTS: `publish.after_commit=kill@${String(hit)}` });
        const dead = server.gone();
        // One after the other, so that each is a commit of its own.
        while ((await own.publish(server, customer)) !== undefined);
        await dead;
      }
      const last = await own.start();
      expect(await own.verdict(last)).toEqual([]);
      // What was committed and never answered is delivered too: the caller will ask again, with its idempotency key.
      const stored = new Set((await own.ledger.readDeliveries()).map(({ messageId }) => messageId));
      expect(stored.size).toBe(own.accepted.size + 2);
      expect(new Set(own.receivers.seen.map(({ webhookId }) => webhookId))).toEqual(stored);
    },
    120_000,
  );

  it.skipIf(!kind.available)(
    'F3 a crash after the answer costs one repetition, on record as unknown',
    async () => {
      const own = keep(await startDrill(kind));
      const setUp = await own.start();
      const customer = await own.addCustomer(setUp, { good: 'good' });
      await setUp.kill();
      const server = await own.start({ POSTRIDER_FAILPOINTS: 'attempt.after_response=kill' });
      const dead = server.gone();
      void own.publish(server, customer);
      await dead;
      expect(own.receivers.seen.map(({ status }) => status)).toEqual([204]);
      const next = await own.start();
      expect(await own.verdict(next)).toEqual([]);
      expect([...requestCounts(own.receivers).values()]).toEqual([2]);
      expect((await own.ledger.readAttempts()).map(({ outcome }) => outcome).sort()).toEqual(['succeeded', 'unknown']);
    },
    120_000,
  );

  it.skipIf(!kind.available)(
    'F4 what a killed worker held is sent again as soon as its lease is over',
    async () => {
      const own = keep(await startDrill(kind));
      const first = await own.start();
      const customer = await own.addCustomer(first, { a: 'slow', b: 'slow' });
      const other = kind.name === 'postgres' ? await own.start({ POSTRIDER_ROLE: 'worker' }) : undefined;
      expect(await own.publishMany(first, customer, 25)).toBe(25);
      await until('50 requests are under way', () => own.receivers.seen.length >= 50);
      const held = (await own.ledger.readDeliveries()).filter(({ status }) => status === 'in_flight').length;
      await first.kill();
      const killedMs = performance.now();
      const survivor = other ?? (await own.start());
      await own.settle();
      // The lease, a look of the reaper, a look of the claimer, and the answer that takes 700 ms.
      expect(performance.now() - killedMs).toBeLessThan(leaseMs + 1_000 + 2_000 + 700 + 5_000);
      expect(held).toBeGreaterThan(0);
      expect(
        await own.verdict(kind.name === 'postgres' ? await own.start({ POSTRIDER_ROLE: 'api' }) : survivor),
      ).toEqual([]);
    },
    120_000,
  );
});

it('F16 SQLite is whole after kill -9 under load, and nothing that was accepted is gone', async () => {
  const [sqlite] = storageKinds;
  if (sqlite === undefined) throw new Error('There is no SQLite.');
  const own = keep(await startDrill(sqlite));
  let server = await own.start();
  const customer = await own.addCustomer(server, { good: 'good', flapping: 'flapping' });
  const kills = 4;
  for (let kill = 1; kill <= kills; kill += 1) {
    const load = own.publishMany(server, customer, 300);
    await until('a part of the load is accepted', () => own.accepted.size >= kill * 60);
    await server.kill();
    await load;
    server = await own.start();
    await own.noteEnds();
  }
  own.receivers.calm();
  expect(await own.verdict(server)).toEqual([]);
  await server.stop();
  const path = join(own.storage.environment['POSTRIDER_DATA_DIR'] ?? '', 'postrider.db');
  const database = new Database(path, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  database.close();
  console.log(`${String(kills)} kills, ${String(own.accepted.size)} accepted, 0 lost`);
}, 180_000);
