import { Body, Controller, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { identifier, instant } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { checkReplayRange } from '../recovery/time-range.js';
import { deadLetterReasons } from './delivery.dto.js';
import { taskOut, toTaskOut, type TaskOut } from '../tasks/task.dto.js';
import { dryRunQuery, replayPlanOut, type DryRunQuery, type ReplayPlan } from '../tasks/replay-plan.dto.js';
import { ReplayStarter } from '../tasks/replay-starter.js';

const replayIn = z
  .strictObject({
    appId: identifier().nullish(),
    reason: z.enum(deadLetterReasons).nullish(),
    since: instant(),
    until: instant().nullish(),
    ratePerSecond: z
      .int()
      .min(1)
      .max(10_000)
      .nullish()
      .meta({ description: 'Deliveries added per second; 500 when absent.' }),
  })
  .meta({ id: 'DeadLetterReplayIn' });

/** Sending dead letters of many endpoints again. */
@Controller('dead-letters/replay')
export class DeadLetterReplayController {
  readonly #clock: HostPorts['clock'];
  readonly #replays: ReplayStarter;

  constructor(@InjectHostPorts() { clock }: Pick<HostPorts, 'clock'>, replays: ReplayStarter) {
    this.#clock = clock;
    this.#replays = replays;
  }

  @Post()
  @RequireScope('deliveries:replay')
  @ApiAnswers({
    summary: 'Send dead letters again, as a background task',
    accepted: taskOut,
    ok: replayPlanOut,
    conflict: true,
  })
  async replay(
    @EnvironmentId() environmentId: string,
    @Body({ schema: replayIn }) body: z.output<typeof replayIn>,
    @Query({ schema: dryRunQuery }) query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskOut | ReplayPlan> {
    checkReplayRange(body, this.#clock.now());
    const { appId, reason, since, until, ratePerSecond } = body;
    const input = {
      statuses: ['dead_letter'],
      since: since.toISOString(),
      ...(until != null && { until: until.toISOString() }),
      ...(reason != null && { reason }),
      ...(ratePerSecond != null && { ratePerSecond }),
    };
    const type = 'dead-letter.replay';
    const task = { environmentId, type, applicationId: appId ?? undefined, input } as const;
    const started = await this.#replays.start(task, { dryRun: query.dry_run, reply });
    return 'wouldReplay' in started ? started : toTaskOut(started);
  }
}
