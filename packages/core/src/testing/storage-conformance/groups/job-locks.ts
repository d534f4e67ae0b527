import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.js';
import { at } from '../instants.js';
import type { StorageWorld } from '../storage-world.js';

/** A job of its own, with the calls that the rules are about; `now` and `until` in seconds. */
function newJob(world: StorageWorld) {
  const name = world.id('env_');
  const acquire = async (holder: string, { now = 0, until = 60 } = {}) => {
    const params = { name, holder, now: at(now), until: at(until) };
    return (await world.storage.acquireJobLock(params)).acquired;
  };
  return { acquire, release: (holder: string) => world.storage.releaseJobLock({ name, holder }) };
}

/** Locks of scheduled jobs: who does the work, and who does it when that one died. */
export const jobLocksGroup: ConformanceGroup = {
  name: 'job locks',
  storage: 'shared',
  cases: [
    {
      name: 'the first holder acquires, others do not until it releases',
      run: async (world) => {
        const { acquire, release } = newJob(world);
        assert.equal(await acquire('a'), true);
        assert.equal(await acquire('b'), false);
        await release('a');
        assert.equal(await acquire('b'), true);
        assert.equal(await acquire('a'), false);
      },
    },
    {
      name: 'of concurrent calls exactly one acquires',
      run: async (world) => {
        const { acquire } = newJob(world);
        const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => acquire(`holder-${index}`)));
        assert.equal(answers.filter(Boolean).length, 1);
      },
    },
    {
      name: 'a lock that has run out goes to exactly one other, and the old holder cannot release it any more',
      run: async (world) => {
        const { acquire, release } = newJob(world);
        await acquire('dead');
        assert.equal(await acquire('early', { now: 59, until: 120 }), false);
        const takers = ['a', 'b', 'c'];
        const answers = await Promise.all(takers.map((holder) => acquire(holder, { now: 60, until: 120 })));
        assert.equal(answers.filter(Boolean).length, 1);
        await release('dead');
        assert.equal(await acquire('late', { now: 61, until: 120 }), false);
      },
    },
    {
      name: 'the holder may move the end in both directions',
      run: async (world) => {
        const { acquire } = newJob(world);
        await acquire('a', { until: 60 });
        assert.equal(await acquire('a', { now: 50, until: 300 }), true);
        assert.equal(await acquire('b', { now: 100, until: 400 }), false);
        assert.equal(await acquire('a', { now: 100, until: 110 }), true);
        assert.equal(await acquire('b', { now: 110, until: 400 }), true);
      },
    },
    {
      name: 'two jobs have two locks, and releasing what nobody holds does nothing',
      run: async (world) => {
        const [one, other] = [newJob(world), newJob(world)];
        await one.release('a');
        assert.equal(await one.acquire('a'), true);
        assert.equal(await other.acquire('b'), true);
        await other.release('a');
        assert.equal(await other.acquire('a'), false);
      },
    },
  ],
};
