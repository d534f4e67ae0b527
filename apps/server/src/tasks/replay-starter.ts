import { Injectable } from '@nestjs/common';
import type { Task } from '@postrider/core';
import type { FastifyReply } from 'fastify';
import type { ReplayPlan } from './replay-plan.dto.js';
import { ReplayPlanner } from './replay-planner.js';
import { TasksService, type NewTask } from './tasks.service.js';

/** Starts a replay as a background task (202), or tells what it would do (200). */
@Injectable()
export class ReplayStarter {
  readonly #tasks: TasksService;
  readonly #planner: ReplayPlanner;

  constructor(tasks: TasksService, planner: ReplayPlanner) {
    this.#tasks = tasks;
    this.#planner = planner;
  }

  async start(
    task: NewTask,
    { dryRun = false, reply }: { readonly dryRun?: boolean | undefined; readonly reply: FastifyReply },
  ): Promise<Task | ReplayPlan> {
    reply.status(dryRun ? 200 : 202);
    return dryRun ? this.#planner.plan(task) : this.#tasks.create(task);
  }
}
