import type { Task } from '../../domain/task.js';
import type { TaskLease, TaskStore } from '../../ports/task-store.js';
import type { Tenant } from './fixtures.js';
import { at, baseAt } from './instants.js';

type Batch = Parameters<TaskStore['recordTaskBatch']>[0];

export function newTask({ world, environmentId }: Tenant, given: Partial<Task> = {}): Task {
  return {
    id: world.id('qtask_'),
    environmentId,
    type: 'test',
    input: {},
    state: 'waiting',
    progress: { scanned: 0, affected: 0 },
    failures: 0,
    runAt: baseAt,
    leaseToken: 0,
    createdAt: baseAt,
    updatedAt: baseAt,
    ...given,
  };
}

export function taskLeaseOf({ environmentId, id: taskId, leaseToken }: Task): TaskLease {
  return { environmentId, taskId, leaseToken };
}

/** Claims for a minute. */
export function claimTask(
  { world }: Pick<Tenant, 'world'>,
  { now, workerId = 'worker-1' }: { readonly now: Date; readonly workerId?: string },
): Promise<Task | undefined> {
  const leaseUntil = new Date(now.getTime() + 60_000);
  return world.storage.claimTask({ workerId, leaseUntil, now });
}

/** Records a batch under the lease that the task was claimed with. */
export function recordBatch(
  { world }: Pick<Tenant, 'world'>,
  task: Task,
  batch: Pick<Batch, 'next'> & Partial<Batch>,
): ReturnType<TaskStore['recordTaskBatch']> {
  return world.storage.recordTaskBatch({ lease: taskLeaseOf(task), progress: task.progress, now: at(2), ...batch });
}
