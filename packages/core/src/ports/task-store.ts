import type { Page, PageRequest } from '../domain/page.js';
import type { Task, TaskData, TaskProgress, TaskState } from '../domain/task.js';
import type { NewDelivery } from './message-store.js';

/** One lease of a task. */
export interface TaskLease {
  readonly environmentId: string;
  readonly taskId: string;
  readonly leaseToken: number;
}

/** A delivery that a task adds to a stored message. */
export interface TaskDelivery {
  readonly applicationId: string;
  readonly messageId: string;
  readonly delivery: NewDelivery;
}

/** What becomes of a task after a batch. */
export type TaskTransition =
  /** The worker keeps the lease and goes on. */
  | { readonly state: 'running'; readonly leaseUntil: Date }
  /** For whoever claims it next, not before `runAt`. */
  | { readonly state: 'waiting'; readonly runAt: Date; readonly failures?: number | undefined }
  | { readonly state: 'finished'; readonly result?: TaskData | undefined }
  | { readonly state: 'failed'; readonly failure: string };

/** What people may do to a task: each only from the states that it makes sense in. */
export type TaskControl = 'pause' | 'resume' | 'cancel';

/** Background tasks. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface TaskStore {
  /** Stores a new task, which is `waiting`. The environment is not looked up. */
  createTask(params: { task: Task; signal?: AbortSignal }): Promise<void>;

  /** `undefined` when the environment has no such task. */
  getTask(params: { environmentId: string; taskId: string; signal?: AbortSignal }): Promise<Task | undefined>;

  /** By id, which is by time. Every given part of the filter must match. */
  listTasks(params: {
    environmentId: string;
    filter: {
      readonly type?: string | undefined;
      readonly states?: readonly TaskState[] | undefined;
      readonly applicationId?: string | undefined;
    };
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Task>>;

  /**
   * Leases one task to the worker: the one whose `runAt` came first among those that wait and are due
   * (`runAt <= now`) and those whose lease ended before `now`. `undefined` when there is none. Concurrent calls never
   * lease the same task.
   */
  claimTask(params: { workerId: string; leaseUntil: Date; now: Date; signal?: AbortSignal }): Promise<Task | undefined>;

  /**
   * Records a batch: the deliveries, the progress and what follows, in ONE transaction, if the task still is `running`
   * under the lease; otherwise nothing is written and the outcome is `fenced`. So a batch whose worker died is either
   * done or not, and is never done twice. Deliveries of messages that are not there (any more) are left out;
   * `appended` counts the others, and is added to `progress.affected`. `failures` becomes 0 unless given.
   */
  recordTaskBatch(params: {
    lease: TaskLease;
    progress: TaskProgress;
    deliveries?: readonly TaskDelivery[] | undefined;
    next: TaskTransition;
    now: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly outcome: 'recorded'; readonly appended: number } | { readonly outcome: 'fenced' }>;

  /**
   * Pauses (what waits or runs), resumes (what is paused) or cancels (what has not ended). Takes effect at once: the
   * batch that a worker has under way is fenced. `invalid_state` tells the state that forbids it.
   */
  controlTask(params: {
    environmentId: string;
    taskId: string;
    control: TaskControl;
    now: Date;
    signal?: AbortSignal;
  }): Promise<
    | { readonly outcome: 'changed'; readonly task: Task }
    | { readonly outcome: 'not_found' }
    | { readonly outcome: 'invalid_state'; readonly state: TaskState }
  >;
}

/** The states from which each control is possible. */
export const taskControls: Readonly<
  Record<TaskControl, { readonly from: readonly TaskState[]; readonly to: TaskState }>
> = {
  pause: { from: ['waiting', 'running'], to: 'paused' },
  resume: { from: ['paused'], to: 'waiting' },
  cancel: { from: ['waiting', 'running', 'paused'], to: 'cancelled' },
};
