import type { Task, TaskData, TaskState } from '@postrider/core';

/** A row of `tasks`. */
export interface TaskRow {
  readonly id: string;
  readonly environment_id: string;
  readonly application_id: string | null;
  readonly type: string;
  readonly input: TaskData;
  readonly state: TaskState;
  readonly cursor: string | null;
  readonly scanned: number;
  readonly affected: number;
  readonly result: TaskData | null;
  readonly failure: string | null;
  readonly failures: number;
  readonly run_at: Date;
  readonly lease_token: number;
  readonly lease_until: Date | null;
  readonly worker_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly ended_at: Date | null;
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    environmentId: row.environment_id,
    type: row.type,
    applicationId: row.application_id ?? undefined,
    input: row.input,
    state: row.state,
    progress: { cursor: row.cursor ?? undefined, scanned: row.scanned, affected: row.affected },
    result: row.result ?? undefined,
    failure: row.failure ?? undefined,
    failures: row.failures,
    runAt: row.run_at,
    leaseToken: row.lease_token,
    leaseUntil: row.lease_until ?? undefined,
    workerId: row.worker_id ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at ?? undefined,
  };
}

/** The parameters of `insertTask`. */
export function toTaskValues(task: Task): unknown[] {
  const { progress } = task;
  return [
    ...[task.id, task.environmentId, task.applicationId, task.type, JSON.stringify(task.input), task.state],
    ...[progress.cursor, progress.scanned, progress.affected, task.result && JSON.stringify(task.result), task.failure],
    ...[task.failures, task.runAt, task.leaseToken, task.leaseUntil, task.workerId],
    ...[task.createdAt, task.updatedAt, task.endedAt],
  ];
}
