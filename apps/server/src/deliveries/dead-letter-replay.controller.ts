import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { identifier, instant } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { checkReplayRange } from '../recovery/time-range.js';
import { taskOut, toTaskOut, type TaskOut } from '../tasks/task.dto.js';
import { TasksService } from '../tasks/tasks.service.js';

const reasons = ['exhausted', 'endpoint_disabled', 'endpoint_gone', 'blocked_address', 'payload_too_large', 'internal'];
const replayIn = z
  .strictObject({
    appId: identifier().nullish(),
    reason: z.enum(reasons).nullish(),
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
  readonly #tasks: TasksService;

  constructor(@InjectHostPorts() { clock }: Pick<HostPorts, 'clock'>, tasks: TasksService) {
    this.#clock = clock;
    this.#tasks = tasks;
  }

  @Post()
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send dead letters again, as a background task', accepted: taskOut })
  async replay(
    @EnvironmentId() environmentId: string,
    @Body({ schema: replayIn }) body: z.output<typeof replayIn>,
  ): Promise<TaskOut> {
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
    return toTaskOut(await this.#tasks.create({ environmentId, type, applicationId: appId ?? undefined, input }));
  }
}
