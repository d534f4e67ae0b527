import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  backgroundTaskList,
  backgroundTaskOut,
  backgroundTaskQuery,
  statesOf,
  toBackgroundTaskOut,
} from './task.dto.js';
import { TasksService } from './tasks.service.js';

/** Background tasks as the contract shows them. */
@Controller('background-task')
export class BackgroundTasksController {
  readonly #tasks: TasksService;

  constructor(tasks: TasksService) {
    this.#tasks = tasks;
  }

  @Get()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List background tasks, newest first', ok: backgroundTaskList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: backgroundTaskQuery }) query: z.output<typeof backgroundTaskQuery>,
  ): Promise<z.output<typeof backgroundTaskList>> {
    const { status, task } = query;
    const filter = { type: task, states: status && statesOf[status] };
    const parts = ['background-task', environmentId, filter];
    const request = toListRequest(query, { parts, defaultOrder: 'descending' });
    const page = await this.#tasks.list({ environmentId, filter, request });
    return { data: page.items.map(toBackgroundTaskOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Get(':task_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Get a background task', ok: backgroundTaskOut })
  async get(
    @EnvironmentId() environmentId: string,
    @Param('task_id') taskId: string,
  ): Promise<z.output<typeof backgroundTaskOut>> {
    return toBackgroundTaskOut(await this.#tasks.get(environmentId, taskId));
  }
}
