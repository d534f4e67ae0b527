import assert from 'node:assert/strict';
import type { ConformanceGroup, World } from '../conformance-case.js';

/** One unit to be had per 4 units of time. */
function target(world: World, burst = 3) {
  return { subject: 'ep_1', limit: { ratePerSecond: 1000 / world.units(4), burst } };
}

async function take(world: World, params: { cost?: number; burst?: number } = {}): Promise<boolean> {
  return (await world.state.acquireUnits({ ...target(world, params.burst), cost: params.cost })).granted;
}

export const limitingGroup: ConformanceGroup = {
  name: 'limiting',
  cases: [
    {
      name: 'the burst passes at once, whoever asks, and then one unit per interval',
      run: async (world) => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => world.state.acquireUnits(target(world))));
        assert.equal(answers.filter(({ granted }) => granted).length, 3);
        const refused = await world.state.acquireUnits(target(world));
        assert.equal(refused.granted, false);
        assert.equal(refused.remaining, 0);
        const units = world.until(refused.retryAt);
        assert.ok(units > 1 && units <= 4.2, `to be had in ${String(units)} units`);
        await world.pass(5);
        assert.deepEqual([await take(world), await take(world)], [true, false]);
      },
    },
    {
      name: 'all units of a cost pass or none',
      run: async (world) => {
        assert.equal(await take(world, { cost: 2 }), true);
        assert.equal(await take(world, { cost: 2 }), false);
        assert.equal(await take(world, { cost: 0 }), true);
        assert.equal(await take(world, { cost: 1 }), true);
      },
    },
    {
      name: 'a cost above the burst never passes, and says so',
      run: async (world) => {
        const answer = await world.state.acquireUnits({ ...target(world), cost: 4 });
        assert.deepEqual(answer, { granted: false, retryAt: undefined, remaining: 3 });
      },
    },
    {
      name: 'places in the future are booked one after another',
      run: async (world) => {
        const latestAt = new Date(world.harness.nowMs() + world.units(100));
        const answers = [];
        for (let count = 0; count < 3; count += 1) {
          answers.push(await world.state.acquireUnits({ ...target(world, 1), latestAt }));
        }
        const waits = answers.map((answer) => (answer.granted ? world.until(answer.useAt) : Number.NaN));
        for (const [index, wait] of waits.entries()) {
          assert.ok(wait <= index * 4 + 0.2 && wait > index * 4 - 3, `place ${String(index)} in ${String(wait)} units`);
        }
      },
    },
    {
      name: 'nothing is booked when the place would be too late',
      run: async (world) => {
        await take(world, { burst: 1 });
        const latestAt = new Date(world.harness.nowMs() + world.units(1));
        assert.equal((await world.state.acquireUnits({ ...target(world, 1), latestAt })).granted, false);
        await world.pass(5);
        assert.equal(await take(world, { burst: 1 }), true);
      },
    },
    {
      name: 'a change of the limit takes effect at once, and units that are left stay',
      run: async (world) => {
        assert.equal(await take(world, { cost: 2 }), true);
        const slow = { subject: 'ep_1', limit: { ratePerSecond: 1000 / world.units(4000), burst: 3 } };
        assert.equal((await world.state.readLimit(slow)).remaining, 1);
        assert.equal((await world.state.acquireUnits(slow)).granted, true);
        assert.equal((await world.state.acquireUnits(slow)).granted, false);
        await world.pass(5);
        // Waiting for the slow rate ends with it.
        const fast = { subject: 'ep_1', limit: { ratePerSecond: 1000 / world.units(1), burst: 3 } };
        await world.state.readLimit(fast);
        await world.state.acquireUnits(fast);
        await world.pass(4);
        assert.equal((await world.state.acquireUnits(fast)).granted, true);
      },
    },
    {
      name: 'asking where it stands books nothing',
      run: async (world) => {
        for (let count = 0; count < 5; count += 1) {
          assert.equal((await world.state.readLimit(target(world))).remaining, 3);
        }
        await take(world, { cost: 3 });
        const { remaining, fullAt } = await world.state.readLimit(target(world));
        assert.equal(remaining, 0);
        const units = world.until(fullAt);
        assert.ok(units > 8 && units <= 12.2, `full in ${String(units)} units`);
      },
    },
    {
      name: 'a limiter and a breaker of one name have nothing to do with each other',
      run: async (world) => {
        await world.trip();
        assert.equal(await take(world), true);
        assert.equal((await world.state.readBreaker(world.target())).state, 'open');
      },
    },
    {
      name: 'refuses costs and limits that make no sense',
      run: async (world) => {
        const { subject, limit } = target(world);
        await assert.rejects(world.state.acquireUnits({ subject, limit, cost: -1 }), RangeError);
        await assert.rejects(world.state.acquireUnits({ subject, limit: { ...limit, burst: 0 } }), RangeError);
        await assert.rejects(world.state.readLimit({ subject, limit: { ...limit, ratePerSecond: 0 } }), RangeError);
        await assert.rejects(world.state.readLimit({ subject: '', limit }), RangeError);
      },
    },
  ],
};
