import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { AnalyticsService } from './analytics.service.js';
import {
  endpointReportOut,
  endpointReportQuery,
  reportOut,
  reportQuery,
  timeseriesOut,
  timeseriesQuery,
} from './analytics.dto.js';

/** How deliveries went, from rollups: nothing here reads attempts. */
@Controller('analytics')
export class AnalyticsController {
  readonly #analytics: AnalyticsService;

  constructor(analytics: AnalyticsService) {
    this.#analytics = analytics;
  }

  @Get('report')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Report how deliveries went in a time range', ok: reportOut })
  async report(
    @EnvironmentId() environmentId: string,
    @Query({ schema: reportQuery }) query: z.output<typeof reportQuery>,
  ): Promise<z.output<typeof reportOut>> {
    const { app_id: application, endpoint_id: endpoint, event_type: eventType, time_zone: timeZone, from, to } = query;
    const scope = await this.#analytics.findScope({ environmentId, application, endpoint });
    const report = await this.#analytics.ask((analytics) =>
      analytics.report({ ...scope, eventType, from, to, timeZone }),
    );
    return { ...report, ...toPeriodOut(report), topEndpoints: [...report.topEndpoints] };
  }

  @Get('endpoints/:endpoint_id')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Report how an endpoint did over the last days', ok: endpointReportOut })
  async endpoint(
    @EnvironmentId() environmentId: string,
    @Param() { endpoint_id: endpoint }: { endpoint_id: string },
    @Query({ schema: endpointReportQuery }) query: z.output<typeof endpointReportQuery>,
  ): Promise<z.output<typeof endpointReportOut>> {
    const { app_id: application, days, time_zone: timeZone } = query;
    const { applicationId = '', endpointId = '' } = await this.#analytics.findScope({
      ...{ environmentId, application, endpoint },
    });
    const of = { environmentId, applicationId, endpointId };
    const report = await this.#analytics.ask((analytics) => analytics.endpoint({ ...of, days, timeZone }));
    return { ...report, ...toPeriodOut(report), daily: [...report.daily] };
  }

  @Get('timeseries')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Chart one metric over a time range', ok: timeseriesOut })
  async timeseries(
    @EnvironmentId() environmentId: string,
    @Query({ schema: timeseriesQuery }) query: z.output<typeof timeseriesQuery>,
  ): Promise<z.output<typeof timeseriesOut>> {
    const { app_id: application, endpoint_id: endpoint, event_type: eventType, metric, step = 'day', from, to } = query;
    const scope = await this.#analytics.findScope({ environmentId, application, endpoint });
    const series = await this.#analytics.ask((analytics) =>
      analytics.timeseries({ ...scope, eventType, metric, step, from, to }),
    );
    return { ...series, points: series.points.map(({ at, value }) => ({ at: at.toISOString(), value })) };
  }
}

function toPeriodOut({ periodStart, periodEnd }: { periodStart: Date; periodEnd: Date }) {
  return { periodStart: periodStart.toISOString(), periodEnd: periodEnd.toISOString() };
}
