import assert from 'node:assert/strict';
import { createSeededRandom } from '../../seeded-random.js';
import { assertSame } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { storeEnvironment } from '../fixtures.js';
import { at, atDay } from '../instants.js';
import { RollupHistory } from '../rollup-history.js';
import type { StorageWorld } from '../storage-world.js';

const minutesPerDay = 1_440;
const never = atDay(-1_000);
const nothing = { minutes: 0, hours: 0 };

async function assertReadsOf(history: RollupHistory, ranges: readonly (readonly [number, number])[]): Promise<void> {
  for (const [fromHour, toHour] of ranges) await history.assertReads(fromHour, toHour);
}

/** Three days of writing by several writers, late ones too, with compactions whenever chance wants them. */
async function playHistory(world: StorageWorld, seed: number): Promise<void> {
  const history = await RollupHistory.start(world, seed);
  const random = createSeededRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  let minute = 0;
  let days = 0;
  while (minute < 3 * minutesPerDay) {
    minute += 1 + below(180);
    await history.write({ minute, rows: 1 + below(8) });
    const lateMinute = below(minute);
    if (below(4) === 0) await history.write({ minute: lateMinute, rows: 2, writer: `late-${minute}` });
    if (below(3) === 0) {
      days = Math.max(days, below(Math.floor(minute / minutesPerDay) + 1));
      await world.storage.compactRollups({ hoursBefore: at(minute * 60), daysBefore: atDay(days) });
    }
  }
  const firstHour = 24 * days + below(12);
  await assertReadsOf(history, [
    [0, 96],
    [0, 24 * days],
    [24 * days, 96],
    [firstHour, firstHour + 1 + below(30)],
  ]);
}

/** Compaction of rollups: what is read does not change, whatever was merged, when and by whom. */
export const rollupCompactionGroup: ConformanceGroup = {
  name: 'rollup compaction',
  storage: 'fresh',
  cases: [
    {
      name: 'hours and days read the same before and after, in every scope',
      run: async (world) => {
        const { storage } = world;
        const history = await RollupHistory.start(world, 1);
        for (const minute of [0, 30, 58, 59, 90, minutesPerDay - 1, minutesPerDay + 7]) {
          await history.write({ minute, rows: 40 });
        }
        await history.assertReads(0, 48);
        const first = await storage.compactRollups({ hoursBefore: atDay(2), daysBefore: never });
        assert.ok(first.minutes > 0, 'tells that minutes were merged');
        assert.equal(first.hours, 0);
        await assertReadsOf(history, [
          [0, 48],
          [0, 1],
          [1, 2],
          [1, 25],
          [24, 25],
        ]);
        const second = await storage.compactRollups({ hoursBefore: atDay(2), daysBefore: atDay(1.9) });
        assert.equal(second.minutes, 0);
        assert.ok(second.hours > 0, 'tells that hours were merged');
        await assertReadsOf(history, [
          [0, 24],
          [24, 48],
          [0, 48],
          [24, 25],
        ]);
        assertSame(await storage.compactRollups({ hoursBefore: atDay(2), daysBefore: atDay(1) }), nothing);
      },
    },
    {
      name: 'minutes and hours that are not old enough stay',
      run: async (world) => {
        const history = await RollupHistory.start(world, 2);
        const { environmentId } = history;
        await history.write({ minute: 10, rows: 30 });
        await world.storage.compactRollups({ hoursBefore: at(660), daysBefore: atDay(1) });
        const minutes = await world.storage.readRollups({ environmentId, from: at(0), to: atDay(1) });
        assert.deepEqual(
          new Set(minutes.map(({ bucketAt }) => bucketAt.getTime())),
          new Set([at(660).getTime(), at(720).getTime()]),
        );
        await history.assertReads(0, 1);
      },
    },
    {
      name: 'any history reads the same, with late writers and compactions anywhere between',
      run: async (world) => {
        for (const seed of [11, 12, 13]) await playHistory(world, seed);
      },
    },
    {
      name: 'writers and several compactions may work at once',
      run: async (world) => {
        const { storage } = world;
        const history = await RollupHistory.start(world, 3);
        for (const minute of [0, 20, 40, 70]) await history.write({ minute, rows: 60 });
        const compact = () => storage.compactRollups({ hoursBefore: at(5_400), daysBefore: never });
        await Promise.all([
          compact(),
          compact(),
          history.write({ minute: 30, rows: 20, writer: 'late-1' }),
          compact(),
          history.write({ minute: 45, rows: 20, writer: 'late-2' }),
          compact(),
        ]);
        await history.assertReads(0, 2);
        await compact();
        await history.assertReads(0, 2);
        assertSame(await compact(), nothing);
      },
    },
    {
      name: 'a compaction that is stopped has lost nothing',
      run: async (world) => {
        const history = await RollupHistory.start(world, 4);
        await history.write({ minute: 0, rows: 50 });
        const signal = AbortSignal.abort(new Error('stopped'));
        const stopped = world.storage.compactRollups({ hoursBefore: atDay(1), daysBefore: atDay(1), signal });
        await stopped.catch(() => undefined);
        await history.assertReads(0, 24);
      },
    },
    {
      name: 'endpoints are counted the same before and after, most first, as many as are asked for',
      run: async (world) => {
        const { storage } = world;
        const history = await RollupHistory.start(world, 5);
        const { environmentId } = history;
        for (const minute of [0, 100, minutesPerDay]) await history.write({ minute, rows: 80 });
        const expected = history.expectCounts(0, 48);
        const count = (limit: number) => storage.countByEndpoint({ environmentId, from: at(0), to: atDay(2), limit });
        for (const daysBefore of [undefined, never, atDay(1)]) {
          if (daysBefore !== undefined) await storage.compactRollups({ hoursBefore: at(6_000), daysBefore });
          assertSame(await count(10), expected);
          assertSame(await count(2), expected.slice(0, 2));
        }
        const other = { environmentId: await storeEnvironment(world), from: at(0), to: atDay(2) };
        assertSame(await storage.countByEndpoint({ ...other, limit: 10 }), []);
        assertSame(await storage.readSummaries(other), []);
      },
    },
    {
      name: 'retention removes summaries of old buckets and leaves later ones',
      run: async (world) => {
        const { storage } = world;
        const history = await RollupHistory.start(world, 6);
        await history.write({ minute: 0, rows: 30 });
        await history.write({ minute: 10 * minutesPerDay, rows: 30 });
        await storage.compactRollups({ hoursBefore: atDay(11), daysBefore: atDay(8) });
        const { rollups } = await storage.applyRetention({
          ...{ messagesBefore: never, rollupsBefore: atDay(9), now: atDay(11) },
        });
        assert.ok(rollups > 0, 'tells that rollups were removed');
        await history.assertReads(24 * 9, 24 * 11);
        const { environmentId } = history;
        assertSame(await storage.readSummaries({ environmentId, from: at(0), to: atDay(9) }), []);
      },
    },
  ],
};
