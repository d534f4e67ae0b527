import assert from 'node:assert/strict';
import type { ConformanceGroup, World } from '../conformance-case.js';

async function probe(world: World) {
  const permit = await world.acquire();
  assert.ok(permit?.probe !== undefined, 'a probe was refused');
  return permit;
}

async function tripAndWait(world: World): Promise<void> {
  await world.trip();
  await world.pass(5);
}

export const probingGroup: ConformanceGroup = {
  name: 'probing',
  cases: [
    {
      name: 'after the open time one of many callers gets the probe',
      run: async (world) => {
        await tripAndWait(world);
        const admissions = await Promise.all(Array.from({ length: 20 }, () => world.state.acquire(world.target())));
        assert.equal(admissions.filter(({ admission }) => admission.allowed).length, 1);
        for (const { admission, snapshot } of admissions) {
          assert.deepEqual([snapshot.state, snapshot.generation], ['half_open', 3]);
          if (admission.allowed) continue;
          assert.equal(admission.reason, 'probing');
          const units = world.until(admission.retryAt);
          assert.ok(units > 1 && units <= 4.2, `leased for ${String(units)} units`);
        }
      },
    },
    {
      name: 'successful probes close it, one after another',
      run: async (world) => {
        await tripAndWait(world);
        assert.equal((await world.record(await probe(world), 'success')).state, 'half_open');
        const closed = await world.record(await probe(world), 'slow');
        assert.deepEqual([closed.state, closed.generation], ['closed', 4]);
        assert.deepEqual(await world.acquire(), { generation: 4, probe: undefined });
      },
    },
    {
      name: 'a failed probe opens it again, for twice as long',
      run: async (world) => {
        await tripAndWait(world);
        const snapshot = await world.record(await probe(world), 'failure');
        assert.deepEqual([snapshot.state, snapshot.trips], ['open', 2]);
        const units = world.until(snapshot.state === 'open' ? snapshot.openUntilMs : undefined);
        assert.ok(units > 5 && units <= 8.2, `open for ${String(units)} units`);
      },
    },
    {
      name: 'a probe that says nothing makes room for the next',
      run: async (world) => {
        await tripAndWait(world);
        await world.record(await probe(world), 'ignore');
        assert.equal((await probe(world)).probe, 2);
      },
    },
    {
      name: 'a probe without a result is given up when its lease ends',
      run: async (world) => {
        await tripAndWait(world);
        await probe(world);
        assert.equal(await world.acquire(), undefined);
        await world.pass(5);
        assert.equal((await probe(world)).probe, 2);
      },
    },
    {
      name: 'the late result of a probe counts until another takes its place',
      run: async (world) => {
        await tripAndWait(world);
        const late = await probe(world);
        await world.pass(5);
        assert.equal((await world.record(late, 'success')).state, 'half_open');
        const second = await probe(world);
        // The first has been counted: its result again says nothing.
        assert.equal((await world.record(late, 'failure')).state, 'half_open');
        assert.equal((await world.record(second, 'success')).state, 'closed');
      },
    },
    {
      name: 'the result of a probe that was replaced counts for nothing',
      run: async (world) => {
        await tripAndWait(world);
        const lost = await probe(world);
        await world.pass(5);
        const second = await probe(world);
        assert.equal((await world.record(lost, 'failure')).state, 'half_open');
        await world.record(second, 'success');
        assert.equal((await world.record(await probe(world), 'success')).state, 'closed');
      },
    },
  ],
};
