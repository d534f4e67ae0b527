import assert from 'node:assert/strict';
import type { BreakerSnapshot } from '../../../breaker/breaker-state.js';
import type { ConformanceGroup } from '../conformance-case.js';

export const rejoiningGroup: ConformanceGroup = {
  name: 'going on from what a caller knows',
  cases: [
    {
      name: 'an empty state takes over an open breaker with its time and its trips',
      run: async (world) => {
        const known = {
          state: 'open',
          generation: 8,
          trips: 2,
          openUntilMs: world.harness.nowMs() + world.units(4),
        } as const;
        const { admission, snapshot } = await world.state.acquire(world.target(known));
        assert.equal(admission.allowed, false);
        assert.deepEqual([snapshot.state, snapshot.generation, snapshot.trips], ['open', 8, 2]);
        await world.pass(5);
        const permit = await world.acquire();
        assert.deepEqual(permit, { generation: 9, probe: 1 });
        assert.equal((await world.record(permit, 'failure')).trips, 3);
      },
    },
    {
      name: 'a running probe is taken over, and its result counts',
      run: async (world) => {
        const leaseUntilMs = world.harness.nowMs() + world.units(4);
        const known: BreakerSnapshot = {
          state: 'half_open',
          generation: 5,
          trips: 1,
          successes: 1,
          probesGranted: 2,
          leaseUntilMs,
        };
        assert.equal((await world.state.acquire(world.target(known))).admission.allowed, false);
        assert.equal((await world.record({ generation: 5, probe: 2 }, 'success')).state, 'closed');
      },
    },
    {
      name: 'a row of failures is taken over',
      run: async (world) => {
        const nowMs = world.harness.nowMs();
        const known: BreakerSnapshot = {
          state: 'closed',
          generation: 3,
          trips: 0,
          closedAtMs: nowMs,
          consecutiveFailures: 2,
          lastResultAtMs: nowMs,
        };
        const permit = { generation: 3, probe: undefined };
        const opened = await world.state.recordOutcome({ ...world.target(known), permit, outcome: 'failure' });
        assert.deepEqual([opened.state, opened.generation], ['open', 4]);
      },
    },
    {
      name: 'what an operator said is taken over',
      run: async (world) => {
        const snapshot = await world.state.readBreaker(world.target({ state: 'isolated', generation: 4, trips: 0 }));
        assert.deepEqual([snapshot.state, snapshot.generation], ['isolated', 4]);
        assert.equal(await world.acquire(), undefined);
      },
    },
    {
      name: 'what is known of the same or an earlier generation changes nothing',
      run: async (world) => {
        const opened = await world.trip();
        const old: BreakerSnapshot = {
          state: 'closed',
          generation: opened.generation,
          trips: 0,
          closedAtMs: 0,
          consecutiveFailures: 0,
        };
        for (const known of [old, { ...old, generation: 1 }]) {
          assert.equal((await world.state.readBreaker(world.target(known))).state, 'open');
        }
      },
    },
    {
      name: 'an instant further away than it can be is not believed',
      run: async (world) => {
        const openUntilMs = world.harness.nowMs() + world.units(1_000_000);
        const known = { state: 'open', generation: 2, trips: 1, openUntilMs } as const;
        const snapshot = await world.state.readBreaker(world.target(known));
        assert.ok(world.until(snapshot.state === 'open' ? snapshot.openUntilMs : undefined) <= 64.2);
      },
    },
  ],
};
