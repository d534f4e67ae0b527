import { taskControls, type Task, type TaskDelivery, type TaskStore } from '@postrider/core';
import type { PoolClient } from 'pg';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toPage } from '../database/paging.js';
import { inTransaction } from '../database/transaction.js';
import {
  appendTaskDeliveries,
  claimTask,
  controlTask,
  insertTask,
  lockLeasedTask,
  moveTask,
  taskFields,
} from '../sql/tasks.js';
import { toTask, toTaskValues, type TaskRow } from './task-records.js';

/** Background tasks in PostgreSQL. */
export function createPostgresTaskStore(context: PostgresContext): TaskStore {
  const { pool, operation } = context;
  const read = async (environmentId: string, taskId: string): Promise<Task | undefined> => {
    const { rows } = await pool.query<TaskRow>(
      `SELECT ${taskFields} FROM tasks WHERE id = $2 AND environment_id = $1`,
      [environmentId, taskId],
    );
    return rows[0] && toTask(rows[0]);
  };

  return {
    createTask: operation(async ({ task }) => {
      await pool.query({ ...insertTask, values: toTaskValues(task) });
    }),

    getTask: operation(({ environmentId, taskId }) => read(environmentId, taskId)),

    listTasks: operation(async ({ environmentId, filter, page }) => {
      const conditions = new Conditions()
        .add('environment_id = ?', environmentId)
        .add('type = ?', filter.type)
        .add('state = ANY (?::text[])', filter.states)
        .add('application_id = ?', filter.applicationId);
      const text = `SELECT ${taskFields} FROM tasks ${conditions.paged(page, 'id')}`;
      const { rows } = await pool.query<TaskRow>(text, conditions.values);
      return toPage({ rows, page, toItem: toTask });
    }),

    claimTask: operation(async ({ workerId, leaseUntil, now }) => {
      const { rows } = await pool.query<TaskRow>({ ...claimTask, values: [now, workerId, leaseUntil] });
      return rows[0] && toTask(rows[0]);
    }),

    recordTaskBatch: operation(async ({ lease, progress, deliveries = [], next, now }) => {
      const { environmentId, taskId, leaseToken } = lease;
      return inTransaction(pool, async (client) => {
        const held = await client.query({ ...lockLeasedTask, values: [environmentId, taskId, leaseToken] });
        if (held.rowCount === 0) return { outcome: 'fenced' as const };
        const appended = await append(client, { environmentId, deliveries, now });
        const { state } = next;
        const values = [
          ...[taskId, progress.cursor, progress.scanned, progress.affected + appended, state],
          ...[state === 'waiting' ? next.runAt : null, state === 'running' ? next.leaseUntil : null],
          ...[state === 'finished' && next.result !== undefined ? JSON.stringify(next.result) : null],
          ...[state === 'failed' ? next.failure : null],
          state === 'waiting' ? (next.failures ?? 0) : state === 'failed' ? null : 0,
          ...[now, state === 'finished' || state === 'failed' ? now : null],
        ];
        await client.query({ ...moveTask, values });
        return { outcome: 'recorded' as const, appended };
      });
    }),

    controlTask: operation(async ({ environmentId, taskId, control, now }) => {
      const { from, to } = taskControls[control];
      const { rows } = await pool.query<TaskRow>({ ...controlTask, values: [environmentId, taskId, from, to, now] });
      if (rows[0] !== undefined) return { outcome: 'changed', task: toTask(rows[0]) };
      const task = await read(environmentId, taskId);
      return task === undefined ? { outcome: 'not_found' } : { outcome: 'invalid_state', state: task.state };
    }),
  };
}

async function append(
  client: PoolClient,
  params: { readonly environmentId: string; readonly deliveries: readonly TaskDelivery[]; readonly now: Date },
): Promise<number> {
  const { environmentId, deliveries, now } = params;
  if (deliveries.length === 0) return 0;
  const { rows } = await client.query<{ appended: number }>({
    ...appendTaskDeliveries,
    values: [
      environmentId,
      deliveries.map(({ applicationId }) => applicationId),
      deliveries.map(({ messageId }) => messageId),
      deliveries.map(({ delivery }) => delivery.id),
      deliveries.map(({ delivery }) => delivery.endpointId),
      deliveries.map(({ delivery }) => delivery.trigger),
      deliveries.map(({ delivery }) => delivery.dueAt),
      now,
    ],
  });
  return rows[0]?.appended ?? 0;
}
