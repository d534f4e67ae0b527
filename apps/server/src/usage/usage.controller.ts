import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { identifier, instant } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { checkOrder } from '../recovery/time-range.js';
import { taskStarted, toTaskStarted, type TaskStarted } from '../tasks/task.dto.js';
import { TasksService } from '../tasks/tasks.service.js';

const appUsageIn = z
  .strictObject({ since: instant(), until: instant(), appIds: z.array(identifier()).max(1_000).nullish() })
  .meta({ id: 'AppUsageStatsIn' });
const appUsageOut = taskStarted.extend({ unresolvedAppIds: z.array(z.string()) }).meta({ id: 'AppUsageStatsOut' });

/** Counting how much was delivered, as background tasks whose `data` has the counts in the end. */
@Controller('stats/usage')
export class UsageController {
  readonly #applications: ApplicationDirectory;
  readonly #tasks: TasksService;

  constructor(applications: ApplicationDirectory, tasks: TasksService) {
    this.#applications = applications;
    this.#tasks = tasks;
  }

  @Post('app')
  @HttpCode(202)
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Count the attempts of applications in a time range', accepted: appUsageOut })
  async ofApplications(
    @EnvironmentId() environmentId: string,
    @Body({ schema: appUsageIn }) input: z.output<typeof appUsageIn>,
  ): Promise<z.output<typeof appUsageOut>> {
    checkOrder(input);
    const segments = input.appIds ?? undefined;
    const found = await Promise.all(
      (segments ?? []).map(async (segment) => ({
        segment,
        id: (await this.#applications.find({ environmentId, segment }))?.id,
      })),
    );
    const task = await this.#tasks.create({
      environmentId,
      type: 'application.stats',
      input: {
        since: input.since.toISOString(),
        until: input.until.toISOString(),
        ...(segments !== undefined && { applicationIds: found.map(({ id }) => id).filter((id) => id !== undefined) }),
      },
    });
    const unresolvedAppIds = found.filter(({ id }) => id === undefined).map(({ segment }) => segment);
    return { ...toTaskStarted(task), unresolvedAppIds };
  }

  @Put('event-types')
  @HttpCode(202)
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Count the attempts of each event type over the last seven days', accepted: taskStarted })
  async ofEventTypes(@EnvironmentId() environmentId: string): Promise<TaskStarted> {
    return toTaskStarted(await this.#tasks.create({ environmentId, type: 'event-type.aggregate', input: {} }));
  }
}
