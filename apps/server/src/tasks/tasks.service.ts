import { Injectable } from '@nestjs/common';
import type { Page, Task, TaskControl, TaskData, TaskState } from '@postrider/core';
import { conflict, notFound } from '../http/api-error.js';
import type { ListRequest } from '../http/paging.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { TaskType } from './task-types.js';

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids'>;

/** What a task is made of. */
export interface NewTask {
  readonly environmentId: string;
  readonly type: TaskType;
  readonly applicationId?: string | undefined;
  readonly input: TaskData;
}

/** Makes, shows and controls background tasks; the workers run them. */
@Injectable()
export class TasksService {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  async create(params: NewTask): Promise<Task> {
    const task = this.prepare(params);
    await this.#ports.storage.createTask({ task });
    return task;
  }

  /** A task that waits for its first batch, not stored. */
  prepare(params: NewTask): Task {
    const now = this.#ports.clock.now();
    return {
      ...params,
      id: this.#ports.ids.next('qtask_'),
      state: 'waiting',
      progress: { scanned: 0, affected: 0 },
      failures: 0,
      runAt: now,
      leaseToken: 0,
      createdAt: now,
      updatedAt: now,
    };
  }

  async get(environmentId: string, taskId: string): Promise<Task> {
    const task = await this.#ports.storage.getTask({ environmentId, taskId });
    if (task === undefined) throw notFound('task');
    return task;
  }

  list(params: {
    readonly environmentId: string;
    readonly filter: { readonly type?: string | undefined; readonly states?: readonly TaskState[] | undefined };
    readonly request: ListRequest;
  }): Promise<Page<Task>> {
    const { environmentId, filter, request } = params;
    return this.#ports.storage.listTasks({ environmentId, filter, page: request.page });
  }

  /** 409 when the task is in a state that this makes no sense in. */
  async control(params: {
    readonly environmentId: string;
    readonly taskId: string;
    readonly control: TaskControl;
  }): Promise<Task> {
    const result = await this.#ports.storage.controlTask({ ...params, now: this.#ports.clock.now() });
    switch (result.outcome) {
      case 'changed':
        return result.task;
      case 'not_found':
        throw notFound('task');
      case 'invalid_state':
        throw conflict('invalid_state', `The task is ${result.state}: it cannot be told to ${params.control} now.`);
    }
  }
}
