import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { toDeliveryStatus } from '../attempts/attempt.dto.js';
import { RequireScope } from '../auth/route-access.js';
import { EndpointParameter, type EndpointPath } from '../endpoints/endpoint-parameter.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { conflict } from '../http/api-error.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { taskStarted, toTaskStarted, type TaskStarted } from '../tasks/task.dto.js';
import type { TaskType } from '../tasks/task-types.js';
import { dryRunQuery, replayPlanOut, type DryRunQuery, type ReplayPlan } from '../tasks/replay-plan.dto.js';
import { ReplayStarter } from '../tasks/replay-starter.js';
import {
  bulkReplayIn,
  endpointStatsOut,
  endpointStatsQuery,
  recoverIn,
  replayIn,
  type BulkReplayIn,
  type RecoverIn,
} from './recovery.dto.js';
import { checkReplayRange, type GivenRange } from './time-range.js';

/** Sending again what an endpoint did not get, as background tasks; and how its deliveries stand. */
@Controller('app/:app_id/endpoint/:endpoint_id')
export class RecoveryController {
  readonly #ports: Pick<HostPorts, 'storage' | 'clock'>;
  readonly #endpoints: EndpointsService;
  readonly #replays: ReplayStarter;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock'>,
    endpoints: EndpointsService,
    replays: ReplayStarter,
  ) {
    this.#ports = ports;
    this.#endpoints = endpoints;
    this.#replays = replays;
  }

  @Post('recover')
  @RequireScope('deliveries:replay')
  @ApiAnswers({
    summary: 'Send again all that failed in a time range',
    accepted: taskStarted,
    ok: replayPlanOut,
    conflict: true,
  })
  recover(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: recoverIn }) input: RecoverIn,
    @Query({ schema: dryRunQuery }) query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskStarted | ReplayPlan> {
    return this.#start(path, { type: 'endpoint.recover', input, query, reply, search: { statuses: ['dead_letter'] } });
  }

  @Post('replay-missing')
  @RequireScope('deliveries:replay')
  @ApiAnswers({
    summary: 'Send what the endpoint was never sent',
    accepted: taskStarted,
    ok: replayPlanOut,
    conflict: true,
  })
  replayMissing(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: replayIn }) input: RecoverIn,
    @Query({ schema: dryRunQuery }) query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskStarted | ReplayPlan> {
    return this.#start(path, { type: 'endpoint.replay', input, query, reply, search: {} });
  }

  @Post('bulk-replay')
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send again what matches a filter', accepted: taskStarted, ok: replayPlanOut, conflict: true })
  bulkReplay(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: bulkReplayIn }) input: BulkReplayIn,
    @Query({ schema: dryRunQuery }) query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskStarted | ReplayPlan> {
    const { eventTypes, channel, tag, status, statusCodeClass } = input;
    const search = {
      ...(status != null && { statuses: [toDeliveryStatus(status)] }),
      ...(eventTypes != null && { eventTypes }),
      ...(channel != null && { channel }),
      ...(tag != null && { tag }),
      ...(statusCodeClass != null && { statusCodeClass: statusCodeClass / 100 }),
    };
    return this.#start(path, { type: 'endpoint.bulk-replay', input, query, reply, search });
  }

  @Get('stats')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Count the deliveries of an endpoint by where they stand', ok: endpointStatsOut })
  async stats(
    @EndpointParameter() path: EndpointPath,
    @Query({ schema: endpointStatsQuery }) { since, until }: z.output<typeof endpointStatsQuery>,
  ): Promise<z.output<typeof endpointStatsOut>> {
    const { id: endpointId, environmentId, applicationId } = await this.#endpoints.get(path);
    const filter = { applicationId, endpointId, after: since, before: until };
    const counts = await this.#ports.storage.countDeliveries({ environmentId, filter });
    return {
      success: counts.delivered,
      pending: counts.pending,
      sending: counts.in_flight,
      fail: counts.dead_letter,
      canceled: counts.cancelled,
    };
  }

  async #start(
    path: EndpointPath,
    params: {
      readonly type: TaskType;
      readonly input: GivenRange;
      readonly search: Readonly<Record<string, unknown>>;
      readonly query: DryRunQuery;
      readonly reply: FastifyReply;
    },
  ): Promise<TaskStarted | ReplayPlan> {
    const { type, input: range, search, query, reply } = params;
    const { id: endpointId, environmentId, applicationId, disabled } = await this.#endpoints.get(path);
    checkReplayRange(range, this.#ports.clock.now());
    if (disabled) throw conflict('endpoint_disabled', 'The endpoint is disabled: enable it, then send again.');
    const { since, until } = range;
    const input = {
      ...search,
      endpointId,
      since: since.toISOString(),
      ...(until != null && { until: until.toISOString() }),
    };
    const task = { environmentId, applicationId, type, input };
    const started = await this.#replays.start(task, { dryRun: query.dry_run, reply });
    return 'wouldReplay' in started ? started : toTaskStarted(started);
  }
}
