import assert from 'node:assert/strict';
import type { SharedState } from '../../../ports/shared-state.js';
import type { ConformanceGroup, World } from '../conformance-case.js';

async function openAnother(world: World): Promise<SharedState> {
  assert.ok(world.harness.openAnother !== undefined, 'a harness of a shared store must have openAnother');
  return world.harness.openAnother(world.state);
}

export const sharingGroup: ConformanceGroup = {
  name: 'sharing',
  cases: [
    {
      name: 'failures that different processes see open one breaker',
      run: async (world) => {
        const another = await openAnother(world);
        for (const state of [world.state, another, world.state]) {
          const permit = await world.acquire(state);
          assert.ok(permit !== undefined);
          await world.record(permit, 'failure', state);
        }
        assert.equal(await world.acquire(another), undefined);
      },
    },
    {
      name: 'one probe in all processes, whose result any of them may record',
      run: async (world) => {
        const another = await openAnother(world);
        await world.trip();
        await world.pass(5);
        const permits = await Promise.all(
          Array.from({ length: 20 }, (_, index) => world.acquire(index % 2 === 0 ? world.state : another)),
        );
        const [permit, ...others] = permits.filter((found) => found !== undefined);
        assert.ok(permit !== undefined);
        assert.equal(others.length, 0);
        assert.equal((await world.record(permit, 'failure', another)).trips, 2);
      },
    },
    {
      name: 'each transition is told to the one caller that made it',
      run: async (world) => {
        const another = await openAnother(world);
        const target = world.target();
        const permit = await world.acquire();
        assert.ok(permit !== undefined);
        const told = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            world.record(permit, 'failure', index % 2 === 0 ? world.state : another),
          ),
        );
        assert.deepEqual(
          told.flatMap(({ changedFrom }) => changedFrom ?? []),
          ['closed'],
        );
        await world.pass(5);
        const probes = await Promise.all([world.state, another, another].map((state) => state.acquire(target)));
        assert.deepEqual(
          probes.flatMap(({ snapshot }) => snapshot.changedFrom ?? []),
          ['open'],
        );
        const forced = await another.forceBreaker({ ...target, to: 'isolated' });
        assert.equal(forced.changedFrom, 'half_open');
        assert.ok(!('changedFrom' in (await world.state.readBreaker(target))));
      },
    },
    {
      name: 'one limit for all processes',
      run: async (world) => {
        const another = await openAnother(world);
        const target = { subject: 'ep_1', limit: { ratePerSecond: 1000 / world.units(1000), burst: 7 } };
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? world.state : another).acquireUnits(target)),
        );
        assert.equal(answers.filter(({ granted }) => granted).length, 7);
      },
    },
  ],
};
