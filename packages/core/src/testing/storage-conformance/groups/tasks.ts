import assert from 'node:assert/strict';
import type { Task } from '../../../domain/task.js';
import { assertSame, idsOf, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, storeEnvironment, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { newDelivery, publish } from '../publishing.js';
import { claimTask, newTask, recordBatch, taskLeaseOf } from '../tasks.js';

const page = { limit: 50, order: 'ascending' } as const;

async function deliveriesOf({ world, environmentId }: Tenant): Promise<number> {
  const { items } = await world.storage.listDeliveries({ environmentId, filter: {}, page });
  return items.length;
}

async function readTask({ world, environmentId }: Tenant, taskId: string): Promise<Task> {
  return present(await world.storage.getTask({ environmentId, taskId }), 'the task');
}

/** A stored, claimed task and a message that it may add deliveries to. */
async function claimedTask(tenant: Tenant) {
  const { id: endpointId } = await storeEndpoint(tenant);
  const { message } = await publish(tenant, { endpointIds: [] });
  await tenant.world.storage.createTask({ task: newTask(tenant) });
  const task = present(await claimTask(tenant, { now: at(0) }), 'the task');
  const delivery = () => ({
    applicationId: tenant.applicationId,
    messageId: message.id,
    delivery: newDelivery(tenant, { endpointId, trigger: 'manual' }),
  });
  return { task, delivery };
}

/** Background tasks. */
export const tasksGroup: ConformanceGroup = {
  name: 'background tasks',
  storage: 'fresh',
  cases: [
    {
      name: 'a task is stored whole, and listed by type, state and application',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const input = { since: '2026-01-01T00:00:00.000Z', nested: { list: [1, 'a', null] } };
        const first = newTask(tenant, { type: 'endpoint.recover', applicationId, input });
        const second = newTask(tenant, { type: 'other', runAt: at(500) });
        for (const task of [first, second]) await world.storage.createTask({ task });
        assertSame(await readTask(tenant, first.id), first);
        const list = async (filter: Parameters<typeof world.storage.listTasks>[0]['filter']) =>
          idsOf((await world.storage.listTasks({ environmentId, filter, page })).items);
        assertSame(await list({}), [first.id, second.id]);
        assertSame(await list({ type: 'other' }), [second.id]);
        assertSame(await list({ applicationId }), [first.id]);
        assertSame(await list({ states: ['waiting', 'paused'] }), [first.id, second.id]);
        assertSame(await list({ states: ['running'] }), []);
        const otherId = await storeEnvironment(world);
        assertSame(await world.storage.listTasks({ environmentId: otherId, filter: {}, page }), {
          items: [],
          hasMore: false,
        });
        assert.equal(await world.storage.getTask({ environmentId: otherId, taskId: first.id }), undefined);
      },
    },
    {
      name: 'the task that was due first is claimed, once, and none before its time',
      run: async (world) => {
        const tenant = await createTenant(world);
        const [late, early] = [newTask(tenant, { runAt: at(20) }), newTask(tenant, { runAt: at(10) })];
        for (const task of [late, early]) await world.storage.createTask({ task });
        assert.equal(await claimTask(tenant, { now: at(9) }), undefined);
        const claimed = present(await claimTask(tenant, { now: at(30), workerId: 'a' }), 'a task');
        assertSame(claimed, await readTask(tenant, early.id));
        assert.deepEqual([claimed.state, claimed.leaseToken, claimed.workerId], ['running', 1, 'a']);
        assert.equal((await claimTask(tenant, { now: at(30) }))?.id, late.id);
        assert.equal(await claimTask(tenant, { now: at(30) }), undefined);
      },
    },
    {
      name: 'of 20 concurrent claims each task goes to one',
      run: async (world) => {
        const tenant = await createTenant(world);
        for (let index = 0; index < 5; index += 1) await world.storage.createTask({ task: newTask(tenant) });
        const claims = await Promise.all(Array.from({ length: 20 }, () => claimTask(tenant, { now: at(0) })));
        const ids = claims.filter((task) => task !== undefined).map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        // A claim may find what another one is about to take, and nothing else: the next claim gets it.
        while ((await claimTask(tenant, { now: at(0) })) !== undefined) ids.push('');
        assert.equal(ids.length, 5);
      },
    },
    {
      name: 'a batch writes progress and deliveries together; the deliveries are due work',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { task, delivery } = await claimedTask(tenant);
        const gone = { ...delivery(), messageId: world.id('msg_') };
        const result = await recordBatch(tenant, task, {
          progress: { cursor: 'c1', scanned: 3, affected: 0 },
          deliveries: [delivery(), gone, delivery()],
          next: { state: 'running', leaseUntil: at(120) },
        });
        assertSame(result, { outcome: 'recorded', appended: 2 });
        const { progress, leaseUntil, state } = await readTask(tenant, task.id);
        assertSame(
          { progress, leaseUntil, state },
          {
            progress: { cursor: 'c1', scanned: 3, affected: 2 },
            leaseUntil: at(120),
            state: 'running',
          },
        );
        const claimed = await world.storage.claimDue({
          ...{ workerId: 'w', limit: 10, perEndpointLimit: 10, leaseUntil: at(60), now: at(1) },
        });
        assert.deepEqual(
          claimed.map(({ delivery: { trigger, status } }) => `${trigger} ${status}`),
          ['manual in_flight', 'manual in_flight'],
        );
      },
    },
    {
      name: 'whoever lost the lease writes nothing, neither progress nor deliveries',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { task, delivery } = await claimedTask(tenant);
        const taken = present(await claimTask(tenant, { now: at(61), workerId: 'b' }), 'the abandoned task');
        assert.deepEqual([taken.id, taken.leaseToken], [task.id, 2]);
        const late = await recordBatch(tenant, task, { deliveries: [delivery()], next: { state: 'finished' } });
        assertSame(late, { outcome: 'fenced' });
        assert.equal(await deliveriesOf(tenant), 0);
        assertSame(await readTask(tenant, task.id), taken);
        const lease = { ...taskLeaseOf(taken), environmentId: await storeEnvironment(world) };
        const next = { state: 'finished' } as const;
        const foreign = { lease, progress: taken.progress, deliveries: [delivery()], next, now: at(62) };
        assertSame(await world.storage.recordTaskBatch(foreign), { outcome: 'fenced' });
        assert.equal(await deliveriesOf(tenant), 0);
      },
    },
    {
      name: 'pausing and cancelling fence the batch under way; resuming goes on from the cursor',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const { task, delivery } = await claimedTask(tenant);
        await recordBatch(tenant, task, {
          progress: { cursor: 'c1', scanned: 1, affected: 0 },
          next: { state: 'running', leaseUntil: at(60) },
        });
        const control = (given: 'pause' | 'resume' | 'cancel', seconds: number) =>
          world.storage.controlTask({ environmentId, taskId: task.id, control: given, now: at(seconds) });
        assert.equal((await control('pause', 5)).outcome, 'changed');
        const batch = { deliveries: [delivery()], next: { state: 'finished' } as const };
        assertSame(await recordBatch(tenant, task, batch), { outcome: 'fenced' });
        assert.equal(await claimTask(tenant, { now: at(100) }), undefined);
        assertSame(await control('pause', 6), { outcome: 'invalid_state', state: 'paused' });
        assert.equal((await control('resume', 7)).outcome, 'changed');
        assertSame(await control('resume', 8), { outcome: 'invalid_state', state: 'waiting' });
        const again = present(await claimTask(tenant, { now: at(9) }), 'the resumed task');
        assert.deepEqual([again.progress.cursor, again.leaseToken], ['c1', 2]);
        assert.equal((await control('cancel', 10)).outcome, 'changed');
        assertSame(await recordBatch(tenant, again, batch), { outcome: 'fenced' });
        assertSame(await control('resume', 11), { outcome: 'invalid_state', state: 'cancelled' });
        assert.equal(await deliveriesOf(tenant), 0);
        const { state, endedAt, workerId } = await readTask(tenant, task.id);
        assertSame({ state, endedAt, workerId }, { state: 'cancelled', endedAt: at(10), workerId: undefined });
        const strange = { environmentId: await storeEnvironment(world), taskId: task.id, now: at(12) };
        assertSame(await world.storage.controlTask({ ...strange, control: 'cancel' }), { outcome: 'not_found' });
      },
    },
    {
      name: 'ends are kept with their result or failure, failures in a row are counted',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { task } = await claimedTask(tenant);
        await recordBatch(tenant, task, { next: { state: 'waiting', runAt: at(10), failures: 3 } });
        assert.equal(await claimTask(tenant, { now: at(9) }), undefined);
        const again = present(await claimTask(tenant, { now: at(10) }), 'the task');
        assert.equal(again.failures, 3);
        const result = { counts: { a: 1 } };
        await recordBatch(tenant, again, { next: { state: 'finished', result } });
        const ended = await readTask(tenant, task.id);
        assertSame([ended.state, ended.result, ended.failures], ['finished', result, 0]);
        const other = newTask(tenant);
        await world.storage.createTask({ task: other });
        const claimed = present(await claimTask(tenant, { now: at(20) }), 'the other task');
        await recordBatch(tenant, claimed, { next: { state: 'failed', failure: 'no such endpoint' } });
        const failed = await readTask(tenant, other.id);
        assertSame([failed.state, failed.failure], ['failed', 'no such endpoint']);
      },
    },
  ],
};
