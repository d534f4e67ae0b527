import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { TaskControl } from '@postrider/core';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { taskList, taskOut, taskQuery, toTaskOut, type TaskOut } from './task.dto.js';
import { TasksService } from './tasks.service.js';

/** Background tasks with their progress, and what can be done about them. */
@Controller('tasks')
export class TasksController {
  readonly #tasks: TasksService;

  constructor(tasks: TasksService) {
    this.#tasks = tasks;
  }

  @Get()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List background tasks, newest first', ok: taskList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: taskQuery }) query: z.output<typeof taskQuery>,
  ): Promise<z.output<typeof taskList>> {
    const { state, type } = query;
    const filter = { type, states: state && [state] };
    const request = toListRequest(query, { parts: ['tasks', environmentId, filter], defaultOrder: 'descending' });
    const page = await this.#tasks.list({ environmentId, filter, request });
    return { data: page.items.map(toTaskOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Get(':task_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Get a background task', ok: taskOut })
  async get(@EnvironmentId() environmentId: string, @Param('task_id') taskId: string): Promise<TaskOut> {
    return toTaskOut(await this.#tasks.get(environmentId, taskId));
  }

  @Post(':task_id/pause')
  @HttpCode(200)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Pause a background task, at once', ok: taskOut, conflict: true })
  pause(@EnvironmentId() environmentId: string, @Param('task_id') taskId: string): Promise<TaskOut> {
    return this.#control(environmentId, taskId, 'pause');
  }

  @Post(':task_id/resume')
  @HttpCode(200)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Let a paused task go on from where it was', ok: taskOut, conflict: true })
  resume(@EnvironmentId() environmentId: string, @Param('task_id') taskId: string): Promise<TaskOut> {
    return this.#control(environmentId, taskId, 'resume');
  }

  @Post(':task_id/cancel')
  @HttpCode(200)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Cancel a background task; what it did stays done', ok: taskOut, conflict: true })
  cancel(@EnvironmentId() environmentId: string, @Param('task_id') taskId: string): Promise<TaskOut> {
    return this.#control(environmentId, taskId, 'cancel');
  }

  async #control(environmentId: string, taskId: string, control: TaskControl): Promise<TaskOut> {
    return toTaskOut(await this.#tasks.control({ environmentId, taskId, control }));
  }
}
