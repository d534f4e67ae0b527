import { taskControls, type Task, type TaskDelivery, type TaskStore, type TaskTransition } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toPage } from '../page.js';
import { toNewDeliveryRow } from '../rows/delivery-row.js';
import { toMessage, type MessageRow } from '../rows/message-row.js';
import { toTask, toTaskRow, type TaskRow } from '../rows/task-row.js';
import { insertDelivery, selectMessageById } from '../sql/append-messages.js';
import { Conditions } from '../sql/conditions.js';
import { insertTask, selectAbandonedTask, selectDueTask, selectTask, updateTask } from '../sql/tasks.js';

/** Background tasks in SQLite. */
export function createTaskStore(connection: SqliteConnection): TaskStore {
  const read = (environmentId: string, taskId: string): Task | undefined => {
    const row = connection.statement<TaskRow>(selectTask).get({ environmentId, taskId });
    return row && toTask(row);
  };
  const update = (task: Task): Task => {
    connection.statement(updateTask).run(toTaskRow(task));
    return task;
  };

  return {
    createTask: ({ task, signal }) =>
      connection.run(signal, () => {
        connection.write(() => connection.statement(insertTask).run(toTaskRow(task)));
      }),

    getTask: ({ environmentId, taskId, signal }) => connection.run(signal, () => read(environmentId, taskId)),

    listTasks: ({ environmentId, filter, page, signal }) =>
      connection.run(signal, () => {
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('type = :type', 'type', filter.type)
          .add('state IN (SELECT value FROM json_each(:states))', 'states', filter.states)
          .add('application_id = :applicationId', 'applicationId', filter.applicationId)
          .forPage(page);
        const sql = `SELECT * FROM tasks INDEXED BY tasks_by_environment ${text}`;
        return toPage(page, connection.statement<TaskRow>(sql).all(values).map(toTask));
      }),

    claimTask: ({ workerId, leaseUntil, now, signal }) =>
      connection.run(signal, () =>
        connection.write(() => {
          const found = [selectDueTask, selectAbandonedTask]
            .map((sql) => connection.statement<TaskRow>(sql).get({ now: now.getTime() }))
            .filter((row) => row !== undefined)
            .sort((a, b) => a.run_at - b.run_at || (a.id < b.id ? -1 : 1));
          const task = found[0] && toTask(found[0]);
          if (task === undefined) return undefined;
          const leaseToken = task.leaseToken + 1;
          return update({ ...task, state: 'running', leaseToken, leaseUntil, workerId, updatedAt: now });
        }),
      ),

    recordTaskBatch: ({ lease, progress, deliveries = [], next, now, signal }) =>
      connection.run(signal, () =>
        connection.write(() => {
          const task = read(lease.environmentId, lease.taskId);
          if (task?.state !== 'running' || task.leaseToken !== lease.leaseToken) return { outcome: 'fenced' };
          const appended = deliveries.filter((each) =>
            append(connection, { ...each, environmentId: task.environmentId, now }),
          ).length;
          const counted = { ...progress, affected: progress.affected + appended };
          update({ ...moved(task, next, now), progress: counted, updatedAt: now });
          return { outcome: 'recorded', appended };
        }),
      ),

    controlTask: ({ environmentId, taskId, control, now, signal }) =>
      connection.run(signal, () =>
        connection.write(() => {
          const task = read(environmentId, taskId);
          if (task === undefined) return { outcome: 'not_found' };
          const { from, to } = taskControls[control];
          if (!from.includes(task.state)) return { outcome: 'invalid_state', state: task.state };
          const runAt = control === 'resume' ? now : task.runAt;
          const endedAt = control === 'cancel' ? now : undefined;
          const changed = { ...withoutLease(task), state: to, runAt, endedAt, updatedAt: now };
          return { outcome: 'changed', task: update(changed) };
        }),
      ),
  };
}

/** Whether the message was there to get the delivery. */
function append(
  connection: SqliteConnection,
  params: TaskDelivery & { readonly environmentId: string; readonly now: Date },
): boolean {
  const { environmentId, applicationId, messageId, delivery, now } = params;
  const row = connection.statement<MessageRow>(selectMessageById).get(applicationId, messageId);
  if (row === undefined || row.environment_id !== environmentId) return false;
  connection.statement(insertDelivery).run(toNewDeliveryRow({ message: toMessage(row), delivery, createdAt: now }));
  return true;
}

function withoutLease(task: Task): Task {
  return { ...task, leaseUntil: undefined, workerId: undefined };
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
