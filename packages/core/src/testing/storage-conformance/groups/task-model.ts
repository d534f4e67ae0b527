import assert from 'node:assert/strict';
import type * as FastCheckModule from 'fast-check';
import type { Task, TaskState } from '../../../domain/task.js';
import { taskControls, type TaskControl } from '../../../ports/task-store.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { newDelivery, publish } from '../publishing.js';
import { newTask, taskLeaseOf } from '../tasks.js';

const leaseSeconds = 10;
const batchSize = 2;

/** A step of a history, with what it needs to know. */
type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'claim' }
  /** The worker of some lease, lost or not, records a batch. */
  | { readonly kind: 'record'; readonly lease: number; readonly next: 'running' | 'waiting' | 'finished' | 'failed' }
  | { readonly kind: 'control'; readonly task: number; readonly control: TaskControl };

interface ModelTask {
  readonly id: string;
  state: TaskState;
  runAt: number;
  leaseUntil: number;
  token: number;
  /** Batches that count: where the next one begins. */
  batches: number;
}

/** Plays the steps against the store and a model of a dozen lines; all reads must agree after each. */
async function play(tenant: Tenant, steps: readonly Step[]): Promise<void> {
  const { world, environmentId, applicationId } = tenant;
  const { storage } = world;
  const { id: endpointId } = await storeEndpoint(tenant);
  const { message } = await publish(tenant, { endpointIds: [] });
  const tasks: ModelTask[] = [];
  for (let index = 0; index < 3; index += 1) {
    const task = newTask(tenant, { runAt: at(index) });
    await storage.createTask({ task });
    tasks.push({ id: task.id, state: 'waiting', runAt: index, leaseUntil: 0, token: 0, batches: 0 });
  }
  const leases: Task[] = [];
  let now = 100;

  for (const step of steps) {
    if (step.kind === 'wait') now += step.seconds;
    if (step.kind === 'claim') {
      const ready = tasks.filter(
        (task) =>
          (task.state === 'waiting' && task.runAt <= now) || (task.state === 'running' && task.leaseUntil < now),
      );
      const claimed = await storage.claimTask({ workerId: 'w', leaseUntil: at(now + leaseSeconds), now: at(now) });
      const first = [...ready].sort((a, b) => a.runAt - b.runAt)[0];
      assert.equal(claimed === undefined, first === undefined, 'a claim finds what is ready, and only that');
      if (claimed !== undefined) {
        const task = present(
          ready.find(({ id }) => id === claimed.id),
          'what was claimed, among what is ready',
        );
        Object.assign(task, { state: 'running', leaseUntil: now + leaseSeconds, token: task.token + 1 });
        assert.equal(claimed.progress.cursor ?? '0', String(task.batches), 'it goes on from the cursor');
        leases.push(claimed);
      }
    }
    if (step.kind === 'record' && leases.length > 0) {
      const lease = present(leases[step.lease % leases.length], 'a lease');
      const task = present(
        tasks.find(({ id }) => id === lease.id),
        'its task',
      );
      const begin = Number(lease.progress.cursor ?? '0');
      const holds = task.state === 'running' && task.token === lease.leaseToken && task.batches === begin;
      if (!holds && task.state === 'running' && task.token === lease.leaseToken) continue; // A worker never repeats itself.
      const next = {
        running: { state: 'running', leaseUntil: at(now + leaseSeconds) },
        waiting: { state: 'waiting', runAt: at(now + 5) },
        finished: { state: 'finished' },
        failed: { state: 'failed', failure: 'told to' },
      } as const;
      const deliveries = Array.from({ length: batchSize }, () => ({
        applicationId,
        messageId: message.id,
        delivery: newDelivery(tenant, { endpointId, trigger: 'manual' }),
      }));
      const progress = { cursor: String(begin + 1), scanned: begin + 1, affected: begin * batchSize };
      const recorded = await storage.recordTaskBatch({
        ...{ lease: taskLeaseOf(lease), progress, deliveries, next: next[step.next], now: at(now) },
      });
      assertSame(recorded, holds ? { outcome: 'recorded', appended: batchSize } : { outcome: 'fenced' });
      if (holds) {
        task.batches += 1;
        task.state = step.next;
        if (step.next === 'running') task.leaseUntil = now + leaseSeconds;
        if (step.next === 'waiting') task.runAt = now + 5;
        leases[leases.indexOf(lease)] = { ...lease, progress: { ...progress, affected: task.batches * batchSize } };
      }
    }
    if (step.kind === 'control') {
      const task = present(tasks[step.task % tasks.length], 'a task');
      const { from, to } = taskControls[step.control];
      const { outcome } = await storage.controlTask({
        ...{ environmentId, taskId: task.id, control: step.control, now: at(now) },
      });
      assert.equal(outcome, from.includes(task.state) ? 'changed' : 'invalid_state');
      if (outcome === 'changed') {
        task.state = to;
        if (step.control === 'resume') task.runAt = now;
      }
    }
    for (const task of tasks) {
      const stored = present(await storage.getTask({ environmentId, taskId: task.id }), 'the task');
      const { state, leaseToken, progress } = stored;
      const expected = { state: task.state, leaseToken: task.token, affected: task.batches * batchSize };
      assertSame({ state, leaseToken, affected: progress.affected }, expected);
    }
  }

  const counts = await storage.countDeliveries({ environmentId, filter: { endpointId } });
  const batches = tasks.reduce((sum, task) => sum + task.batches, 0);
  assert.equal(counts.pending, batches * batchSize, 'each batch that counts added its deliveries once, no other did');
  // Tasks are claimed across environments: nothing may be left for the next history.
  for (const { id: taskId } of tasks) {
    await storage.controlTask({ environmentId, taskId, control: 'cancel', now: at(now) });
  }
}

function stepsOf(fc: typeof FastCheckModule): FastCheckModule.Arbitrary<readonly Step[]> {
  const any = fc.nat({ max: 20 });
  const wait = fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 12 }) });
  const claim = fc.constant({ kind: 'claim' as const });
  const next = fc.constantFrom('running', 'running', 'waiting', 'finished', 'failed');
  const record = fc.record({ kind: fc.constant('record' as const), lease: any, next });
  const verb = fc.constantFrom('pause', 'resume', 'resume', 'cancel');
  const control = fc.record({ kind: fc.constant('control' as const), task: any, control: verb });
  return fc.array(fc.oneof(wait, claim, claim, record, record, control), { maxLength: 40, size: 'max' });
}

/** Random histories of tasks whose workers die, are paused, and come back too late. */
export const taskModelGroup: ConformanceGroup = {
  name: 'task model',
  storage: 'shared',
  cases: [
    {
      name: 'any history of claims, batches, lost leases, pauses and cancellations adds each batch once',
      run: async (world) => {
        const fc = await import('fast-check');
        const property = fc.asyncProperty(stepsOf(fc), async (steps) => play(await createTenant(world), steps));
        await fc.assert(property, { numRuns: world.harness.modelRuns ?? 25 });
      },
    },
  ],
};
