import type { Task, TaskData, TaskState } from '@postrider/core';
import { toInstant, toMs } from './values.js';

/** A row of `tasks`. */
export interface TaskRow {
  readonly id: string;
  readonly environment_id: string;
  readonly application_id: string | null;
  readonly type: string;
  readonly input: string;
  readonly state: TaskState;
  readonly cursor: string | null;
  readonly scanned: number;
  readonly affected: number;
  readonly result: string | null;
  readonly failure: string | null;
  readonly failures: number;
  readonly run_at: number;
  readonly lease_token: number;
  readonly lease_until: number | null;
  readonly worker_id: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly ended_at: number | null;
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    environmentId: row.environment_id,
    type: row.type,
    applicationId: row.application_id ?? undefined,
    input: JSON.parse(row.input) as TaskData,
    state: row.state,
    progress: { cursor: row.cursor ?? undefined, scanned: row.scanned, affected: row.affected },
    result: row.result === null ? undefined : (JSON.parse(row.result) as TaskData),
    failure: row.failure ?? undefined,
    failures: row.failures,
    runAt: new Date(row.run_at),
    leaseToken: row.lease_token,
    leaseUntil: toInstant(row.lease_until),
    workerId: row.worker_id ?? undefined,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    endedAt: toInstant(row.ended_at),
  };
}

export function toTaskRow(task: Task): TaskRow {
  return {
    id: task.id,
    environment_id: task.environmentId,
    application_id: task.applicationId ?? null,
    type: task.type,
    input: JSON.stringify(task.input),
    state: task.state,
    cursor: task.progress.cursor ?? null,
    scanned: task.progress.scanned,
    affected: task.progress.affected,
    result: task.result === undefined ? null : JSON.stringify(task.result),
    failure: task.failure ?? null,
    failures: task.failures,
    run_at: task.runAt.getTime(),
    lease_token: task.leaseToken,
    lease_until: toMs(task.leaseUntil),
    worker_id: task.workerId ?? null,
    created_at: task.createdAt.getTime(),
    updated_at: task.updatedAt.getTime(),
    ended_at: toMs(task.endedAt),
  };
}
