import type { Task } from '../../domain/task.js';
import { taskControls, type TaskStore, type TaskTransition } from '../../ports/task-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { compareText, paginate } from './paginate.js';
import { addDelivery } from './transitions.js';

/** `TaskStore` in memory. */
export function createMemoryTaskStore({ database, operation }: MemoryContext): TaskStore {
  const taskOf = (params: { environmentId: string; taskId: string }): Task | undefined => {
    const task = database.tasks.get(params.taskId);
    return task?.environmentId === params.environmentId ? task : undefined;
  };
  const store = (task: Task): void => void database.tasks.set(task.id, copyPlain(task));

  return {
    createTask: operation(({ task }) => store(task)),

    getTask: operation((params) => copyPlain(taskOf(params))),

    listTasks: operation(({ environmentId, filter: { type, states, applicationId }, page }) => {
      const items = [...database.tasks.values()].filter(
        (task) =>
          task.environmentId === environmentId &&
          (type === undefined || task.type === type) &&
          (states === undefined || states.includes(task.state)) &&
          (applicationId === undefined || task.applicationId === applicationId),
      );
      return paginate({ items, keyOf: ({ id }) => id, page });
    }),

    claimTask: operation(({ workerId, leaseUntil, now }) => {
      const [task] = [...database.tasks.values()]
        .filter((each) => isClaimable(each, now))
        .sort((a, b) => a.runAt.getTime() - b.runAt.getTime() || compareText(a.id, b.id));
      if (task === undefined) return undefined;
      const leaseToken = task.leaseToken + 1;
      store({ ...task, state: 'running', leaseToken, leaseUntil, workerId, updatedAt: now });
      return copyPlain(database.tasks.get(task.id));
    }),

    recordTaskBatch: operation(({ lease, progress, deliveries = [], next, now }) => {
      const task = taskOf(lease);
      if (task?.state !== 'running' || task.leaseToken !== lease.leaseToken) return { outcome: 'fenced' };
      let appended = 0;
      for (const { applicationId, messageId, delivery } of deliveries) {
        const owner = database.messageOf({ environmentId: task.environmentId, applicationId, messageId });
        if (!owner) continue;
        addDelivery({ database, owner, delivery, createdAt: now });
        appended += 1;
      }
      const counted = { ...progress, affected: progress.affected + appended };
      store({ ...moved(task, next, now), progress: counted, updatedAt: now });
      return { outcome: 'recorded', appended };
    }),

    controlTask: operation(({ control, now, ...ref }) => {
      const task = taskOf(ref);
      if (!task) return { outcome: 'not_found' };
      const { from, to } = taskControls[control];
      if (!from.includes(task.state)) return { outcome: 'invalid_state', state: task.state };
      const runAt = control === 'resume' ? now : task.runAt;
      const endedAt = control === 'cancel' ? now : undefined;
      store({ ...withoutLease(task), state: to, runAt, endedAt, updatedAt: now });
      return { outcome: 'changed', task: copyPlain(database.tasks.get(task.id) as Task) };
    }),
  };
}

function isClaimable({ state, runAt, leaseUntil }: Task, now: Date): boolean {
  return state === 'waiting' ? runAt <= now : state === 'running' && leaseUntil !== undefined && leaseUntil < now;
}

function withoutLease({ leaseUntil: _leaseUntil, workerId: _workerId, ...task }: Task): Task {
  return task;
}

function moved(task: Task, next: TaskTransition, now: Date): Task {
  switch (next.state) {
    case 'running':
      return { ...task, leaseUntil: next.leaseUntil, failures: 0 };
    case 'waiting':
      return { ...withoutLease(task), state: 'waiting', runAt: next.runAt, failures: next.failures ?? 0 };
    case 'finished':
      return { ...withoutLease(task), state: 'finished', result: next.result, failures: 0, endedAt: now };
    case 'failed':
      return { ...withoutLease(task), state: 'failed', failure: next.failure, endedAt: now };
  }
}
