/**
 * The states of a background task.
 *
 * - `waiting`: for a worker, not before `runAt`.
 * - `running`: leased to a worker until `leaseUntil`; another one goes on from the cursor when the lease runs out.
 * - `paused`: by a person; goes back to `waiting`.
 * - `finished`, `failed`, `cancelled`: ended, and final.
 */
export type TaskState = 'waiting' | 'running' | 'paused' | 'finished' | 'failed' | 'cancelled';

/** Plain JSON values by name. */
export type TaskData = Readonly<Record<string, unknown>>;

/** How far a task is. */
export interface TaskProgress {
  /** Where the next batch begins, in the words of the task's type; absent before the first batch. */
  readonly cursor?: string | undefined;
  /** Things looked at so far. */
  readonly scanned: number;
  /** Things done so far: deliveries added, contents removed. */
  readonly affected: number;
}

/** Work that is too much for one request: done in batches by the workers, durable, resumed after a crash. */
export interface Task {
  /** `qtask_…` */
  readonly id: string;
  readonly environmentId: string;
  /** What to do, a name that the host's workers know: `endpoint.recover`. */
  readonly type: string;
  /** The application it is about, where there is one. */
  readonly applicationId?: string | undefined;
  /** What to do it with. */
  readonly input: TaskData;
  readonly state: TaskState;
  readonly progress: TaskProgress;
  /** What came of it, once there is something to tell. */
  readonly result?: TaskData | undefined;
  /** Why it failed, in words that an adopter may read. */
  readonly failure?: string | undefined;
  /** Batches in a row that failed; 0 again after one that did not. */
  readonly failures: number;
  /** Not run before this instant. */
  readonly runAt: Date;
  /** Fencing token: rises by one with every lease. */
  readonly leaseToken: number;
  /** Present while `running`, as is `workerId`. */
  readonly leaseUntil?: Date | undefined;
  readonly workerId?: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endedAt?: Date | undefined;
}
