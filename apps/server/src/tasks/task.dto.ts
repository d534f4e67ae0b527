import { z } from 'zod';
import type { Task, TaskState } from '@postrider/core';
import { listOf } from '../http/paging.js';
import { instantOut } from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';
import { taskTypes } from './task-types.js';

const contractStatus = z.enum(['running', 'finished', 'failed']);
const type = z.enum(taskTypes);
const state = z.enum(['waiting', 'running', 'paused', 'finished', 'failed', 'cancelled']);

/** What starting a task answers, in the contract's words. */
export const taskStarted = z
  .object({ id: z.string(), status: contractStatus, task: z.string(), updatedAt: instantOut() })
  .meta({ id: 'BackgroundTaskStarted' });
export const backgroundTaskOut = taskStarted
  .extend({ data: z.record(z.string(), z.unknown()) })
  .meta({ id: 'BackgroundTaskOut' });
export const backgroundTaskList = listOf(backgroundTaskOut, 'ListResponseBackgroundTaskOut');
export const backgroundTaskQuery = z.object({
  ...pageParameters,
  status: contractStatus.optional(),
  task: z.string().max(64).optional(),
});

export const taskOut = z
  .object({
    id: z.string(),
    type: z.string(),
    state,
    appId: z.string().optional(),
    input: z.record(z.string(), z.unknown()),
    scanned: z.int().meta({ description: 'Messages or deliveries looked at so far.' }),
    affected: z.int().meta({ description: 'Deliveries added, or contents forgotten, so far.' }),
    result: z.record(z.string(), z.unknown()).optional(),
    failure: z.string().optional(),
    failures: z.int().meta({ description: 'Batches in a row that failed; they are tried again.' }),
    createdAt: instantOut(),
    updatedAt: instantOut(),
    endedAt: instantOut().optional(),
  })
  .meta({ id: 'TaskOut' });
export const taskList = listOf(taskOut, 'ListResponseTaskOut');
export const taskQuery = z.object({ ...pageParameters, state: state.optional(), type: type.optional() });

export type TaskStarted = z.output<typeof taskStarted>;
export type TaskOut = z.output<typeof taskOut>;

/** The states that the contract has one word for. A cancelled task did not do what it was made for. */
export const statesOf: Readonly<Record<z.output<typeof contractStatus>, readonly TaskState[]>> = {
  running: ['waiting', 'running', 'paused'],
  finished: ['finished'],
  failed: ['failed', 'cancelled'],
};

export function toTaskStarted(task: Task): TaskStarted {
  const found = contractStatus.options.find((each) => statesOf[each].includes(task.state));
  return { id: task.id, status: found ?? 'failed', task: task.type, updatedAt: task.updatedAt.toISOString() };
}

export function toBackgroundTaskOut(task: Task): z.output<typeof backgroundTaskOut> {
  const { scanned, affected } = task.progress;
  return { ...toTaskStarted(task), data: { scanned, affected, ...task.result } };
}

export function toTaskOut(task: Task): TaskOut {
  return {
    id: task.id,
    type: task.type,
    state: task.state,
    appId: task.applicationId,
    input: task.input,
    scanned: task.progress.scanned,
    affected: task.progress.affected,
    result: task.result,
    failure: task.failure,
    failures: task.failures,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    endedAt: task.endedAt?.toISOString(),
  };
}
