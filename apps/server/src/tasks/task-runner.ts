import type { Clock, Logger, Storage, Task, TaskTransition } from '@postrider/core';
import type { TaskBatch, TaskContext, TaskHandler } from './task-handler.js';

const leaseMs = 60_000;
/** Deliveries that a task adds in a second, so that a replay of millions does not bury what is published now. */
export const defaultRatePerSecond = 500;
const maxFailures = 10;
const firstBackOffMs = 1_000;
const longestBackOffMs = 60_000;

export interface TaskRunnerDeps extends TaskContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workerId: string;
  readonly handlers: Readonly<Record<string, TaskHandler>>;
}

/**
 * Runs background tasks batch by batch. A batch is leased, done, and recorded together with the deliveries that it
 * adds; then the task goes back into the line, due when its rate allows. So tasks take turns, any worker can do the
 * next batch, and one that dies in the middle of a batch has done nothing of it.
 */
export class TaskRunner {
  readonly #deps: TaskRunnerDeps;

  constructor(deps: TaskRunnerDeps) {
    this.#deps = deps;
  }

  /** Does one batch of the task that is due first. `false` when none is due. */
  async runOne(): Promise<boolean> {
    const { storage, clock, workerId } = this.#deps;
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const task = await storage.claimTask({ workerId, leaseUntil, now });
    if (task === undefined) return false;
    const batch = await this.#tryBatch(task);
    const { id: taskId, environmentId, leaseToken } = task;
    const result = await storage.recordTaskBatch({
      lease: { environmentId, taskId, leaseToken },
      progress: 'progress' in batch ? batch.progress : task.progress,
      deliveries: 'deliveries' in batch ? batch.deliveries : undefined,
      next: this.#nextOf(task, batch),
      now: clock.now(),
    });
    if (result.outcome === 'fenced') {
      this.#deps.logger.info('A batch of a task was dropped: the task was paused, cancelled or taken over', { taskId });
    }
    return true;
  }

  async #tryBatch(task: Task): Promise<TaskBatch | { readonly error: unknown }> {
    const handler = this.#deps.handlers[task.type];
    if (handler === undefined) return { failure: `This version does not know tasks of the type ${task.type}.` };
    try {
      return await handler(this.#deps, task);
    } catch (error) {
      this.#deps.logger.warn('A batch of a task failed', { taskId: task.id, type: task.type, error });
      return { error };
    }
  }

  #nextOf(task: Task, batch: TaskBatch | { readonly error: unknown }): TaskTransition {
    const nowMs = this.#deps.clock.nowMs();
    if ('error' in batch) {
      const failures = task.failures + 1;
      if (failures >= maxFailures) {
        return { state: 'failed', failure: `${failures} batches in a row failed; the log of the server says why.` };
      }
      const delayMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (failures - 1));
      return { state: 'waiting', runAt: new Date(nowMs + delayMs), failures };
    }
    if ('failure' in batch) return { state: 'failed', failure: batch.failure };
    if (batch.done !== undefined) return { state: 'finished', result: batch.done.result };
    const added = batch.deliveries?.length ?? 0;
    const given = task.input['ratePerSecond'];
    const ratePerSecond = typeof given === 'number' && given > 0 ? given : defaultRatePerSecond;
    return { state: 'waiting', runAt: new Date(nowMs + Math.ceil((added * 1_000) / ratePerSecond)) };
  }
}
