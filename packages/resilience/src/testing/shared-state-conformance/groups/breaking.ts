import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.js';

export const breakingGroup: ConformanceGroup = {
  name: 'breaking',
  cases: [
    {
      name: 'what changes the state says so, and nothing else does',
      run: async (world) => {
        const told: unknown[] = [];
        const permits = [await world.acquire(), await world.acquire(), await world.acquire(), await world.acquire()];
        for (const permit of permits) {
          assert.ok(permit !== undefined);
          told.push((await world.record(permit, 'failure')).changedFrom);
        }
        assert.deepEqual(told, [undefined, undefined, 'closed', undefined]);
      },
    },
    {
      name: 'a subject that nobody knows is closed, in generation 1, and allows calls',
      run: async (world) => {
        const snapshot = await world.state.readBreaker(world.target());
        assert.deepEqual([snapshot.state, snapshot.generation, snapshot.trips], ['closed', 1, 0]);
        assert.deepEqual(await world.acquire(), { generation: 1, probe: undefined });
      },
    },
    {
      name: 'opens with the failure that completes the row, and says until when',
      run: async (world) => {
        assert.equal((await world.call(['failure', 'failure'])).state, 'closed');
        const snapshot = await world.call(['failure']);
        assert.deepEqual([snapshot.state, snapshot.generation, snapshot.trips], ['open', 2, 1]);
        const { admission } = await world.state.acquire(world.target());
        assert.equal(admission.allowed, false);
        assert.equal(admission.reason, 'open');
        const units = world.until(admission.retryAt);
        assert.ok(units > 1 && units <= 4.2, `open for ${String(units)} units`);
      },
    },
    {
      name: 'a success ends the row of failures',
      run: async (world) => {
        const snapshot = await world.call(['failure', 'failure', 'success', 'failure', 'failure']);
        assert.equal(snapshot.state, 'closed');
      },
    },
    {
      name: 'failures before a silence of the window count for nothing',
      run: async (world) => {
        await world.call(['failure', 'failure']);
        await world.pass(13);
        assert.equal((await world.call(['failure', 'failure'])).state, 'closed');
        assert.equal((await world.call(['failure'])).state, 'open');
      },
    },
    {
      name: 'opens when half of the calls in the window failed',
      run: async (world) => {
        const before = await world.call(['failure', 'success', 'failure', 'success', 'success']);
        assert.equal(before.state, 'closed');
        assert.equal((await world.call(['failure'])).state, 'open');
      },
    },
    {
      name: 'opens when most of the calls in the window were slow',
      run: async (world) => {
        assert.equal((await world.call(['success', 'slow', 'slow', 'slow', 'slow'])).state, 'closed');
        assert.equal((await world.call(['slow'])).state, 'open');
      },
    },
    {
      name: 'what says nothing counts for nothing',
      run: async (world) => {
        await world.call(['failure', 'failure', 'ignore', 'ignore']);
        assert.equal((await world.call(['failure'])).state, 'open');
      },
    },
    {
      name: 'results of calls that began in an earlier generation are ignored',
      run: async (world) => {
        const began = [await world.acquire(), await world.acquire(), await world.acquire()];
        await world.state.forceBreaker({ ...world.target(), to: 'closed' });
        for (const permit of began) {
          assert.ok(permit !== undefined);
          const after = await world.record(permit, 'failure');
          assert.deepEqual([after.state, after.generation], ['closed', 2]);
        }
        assert.equal((await world.trip()).state, 'open');
      },
    },
    {
      name: 'stays closed while it may not open, and opens with the next result',
      run: async (world) => {
        await world.call(['failure', 'failure']);
        const permit = await world.acquire();
        assert.ok(permit !== undefined);
        const kept = await world.state.recordOutcome({ ...world.target(), permit, outcome: 'failure', mayOpen: false });
        assert.equal(kept.state, 'closed');
        assert.equal((await world.call(['failure'])).state, 'open');
      },
    },
    {
      name: 'subjects have nothing to do with each other',
      run: async (world) => {
        await world.trip();
        const other = await world.state.acquire({ ...world.target(), subject: 'ep_2' });
        assert.equal(other.admission.allowed, true);
      },
    },
    {
      name: 'an operator isolates it, disables it and closes it',
      run: async (world) => {
        const { state } = world;
        const isolated = await state.forceBreaker({ ...world.target(), to: 'isolated' });
        assert.deepEqual([isolated.state, isolated.generation], ['isolated', 2]);
        const { admission } = await state.acquire(world.target());
        assert.deepEqual(admission, { allowed: false, reason: 'isolated', retryAt: undefined });

        await state.forceBreaker({ ...world.target(), to: 'disabled' });
        assert.equal((await world.call(['failure', 'failure', 'failure', 'failure'])).state, 'disabled');

        const closed = await state.forceBreaker({ ...world.target(), to: 'closed' });
        assert.deepEqual([closed.state, closed.generation, closed.trips], ['closed', 4, 0]);
        assert.equal((await world.trip()).state, 'open');
      },
    },
    {
      name: 'refuses a subject without characters or with too many',
      run: async (world) => {
        for (const subject of ['', 'x'.repeat(257)]) {
          await assert.rejects(world.state.readBreaker({ subject }), RangeError);
        }
      },
    },
    {
      name: 'an aborted signal ends a call with its reason',
      run: async (world) => {
        const reason = new Error('not any more');
        const call = world.state.acquire({ ...world.target(), signal: AbortSignal.abort(reason) });
        await assert.rejects(call, reason);
      },
    },
  ],
};
