import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
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
import { TasksService } from '../tasks/tasks.service.js';
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
  readonly #tasks: TasksService;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'clock'>,
    endpoints: EndpointsService,
    tasks: TasksService,
  ) {
    this.#ports = ports;
    this.#endpoints = endpoints;
    this.#tasks = tasks;
  }

  @Post('recover')
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send again all that failed in a time range', accepted: taskStarted, conflict: true })
  recover(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: recoverIn }) input: RecoverIn,
  ): Promise<TaskStarted> {
    return this.#start(path, 'endpoint.recover', input, { statuses: ['dead_letter'] });
  }

  @Post('replay-missing')
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send what the endpoint was never sent', accepted: taskStarted, conflict: true })
  replayMissing(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: replayIn }) input: RecoverIn,
  ): Promise<TaskStarted> {
    return this.#start(path, 'endpoint.replay', input, {});
  }

  @Post('bulk-replay')
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send again what matches a filter', accepted: taskStarted, conflict: true })
  bulkReplay(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: bulkReplayIn }) input: BulkReplayIn,
  ): Promise<TaskStarted> {
    const { eventTypes, channel, tag, status, statusCodeClass } = input;
    return this.#start(path, 'endpoint.bulk-replay', input, {
      ...(status != null && { statuses: [toDeliveryStatus(status)] }),
      ...(eventTypes != null && { eventTypes }),
      ...(channel != null && { channel }),
      ...(tag != null && { tag }),
      ...(statusCodeClass != null && { statusCodeClass: statusCodeClass / 100 }),
    });
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
    type: TaskType,
    range: GivenRange,
    search: Readonly<Record<string, unknown>>,
  ): Promise<TaskStarted> {
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
    return toTaskStarted(await this.#tasks.create({ environmentId, applicationId, type, input }));
  }
}
