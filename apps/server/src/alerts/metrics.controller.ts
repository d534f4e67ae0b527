import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { isPostriderError, type Clock } from '@postrider/core';
import { createMetricsSummary, type Alerts, type MetricsReader } from '@postrider/metrics';
import { RequireScope } from '../auth/route-access.js';
import { invalidAt, notFound } from '../http/api-error.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import {
  alertList,
  summaryOut,
  thresholdIn,
  thresholdList,
  thresholdOut,
  toAlertOut,
  windowQuery,
  type SummaryOut,
  type ThresholdIn,
  type ThresholdOut,
  type WindowParameters,
} from './metrics.dto.js';
import { scoreOfMetrics } from './score-of-metrics.js';
import { StoredThresholds } from './stored-thresholds.js';

type Ports = Pick<HostPorts, 'clock' | 'metricsReader' | 'alerts'>;

const defaultWindowSeconds = 300;
const fieldWords = [
  'metric',
  'windowSeconds',
  'forSeconds',
  'hysteresis',
  'critical',
  'warning',
  'levels',
  'id',
] as const;

/** What this instance has measured, over all environments: for its operators alone. */
@Controller()
@RequireScope('tenants:admin')
export class MetricsController {
  readonly #clock: Clock;
  readonly #alerts: Alerts;
  readonly #thresholds: StoredThresholds;
  readonly #summarise: ReturnType<typeof createMetricsSummary>;

  constructor(@InjectHostPorts() ports: Ports, thresholds: StoredThresholds) {
    const { clock, alerts } = ports;
    const reader: MetricsReader = ports.metricsReader;
    this.#clock = clock;
    this.#alerts = alerts;
    this.#thresholds = thresholds;
    this.#summarise = createMetricsSummary({
      clock,
      reader,
      alerts,
      healthScore: ({ windowSeconds }) => scoreOfMetrics(reader, windowSeconds).score,
    });
  }

  @Get('metrics/summary')
  @ApiAnswers({ summary: 'Sum up the metrics of this process over a window', ok: summaryOut })
  summary(@Query({ schema: windowQuery }) { window = defaultWindowSeconds }: WindowParameters): SummaryOut {
    const { timestamp, alerts, ...summary } = refusingAs(['query', 'window'], () =>
      this.#summarise({ windowSeconds: window }),
    );
    return { ...summary, timestamp: timestamp.toISOString(), alerts: alerts.map(toAlertOut) };
  }

  @Get('metrics/thresholds')
  @ApiAnswers({ summary: 'List what is watched', ok: thresholdList })
  async listThresholds(): Promise<{ data: readonly ThresholdOut[] }> {
    await this.#thresholds.refresh();
    return { data: this.#alerts.thresholds() };
  }

  @Put('metrics/thresholds/:threshold_id')
  @ApiAnswers({ summary: 'Watch something, or change given members of a threshold, on all replicas', ok: thresholdOut })
  async setThreshold(
    @Param('threshold_id') id: string,
    @Body({ schema: thresholdIn }) input: ThresholdIn,
  ): Promise<ThresholdOut> {
    try {
      return await this.#thresholds.set({ ...input, id });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  @Delete('metrics/thresholds/:threshold_id')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Stop watching something, on all replicas', noContent: true })
  async deleteThreshold(@Param('threshold_id') id: string): Promise<void> {
    if (!(await this.#thresholds.remove(id))) throw notFound('threshold');
  }

  @Get('alerts')
  @ApiAnswers({ summary: 'List alerts of this process that last or were resolved in the window', ok: alertList })
  alerts(@Query({ schema: windowQuery }) { window = 86_400 }: WindowParameters): z.output<typeof alertList> {
    const since = new Date(this.#clock.nowMs() - window * 1000);
    return { data: this.#alerts.recent(since).map(toAlertOut) };
  }
}

/** What the package refuses is the caller's mistake. */
function refusingAs<T>(loc: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isPostriderError(error, 'VALIDATION_FAILED')) throw invalidAt(loc, error.message);
    throw error;
  }
}

function asRefusal(error: unknown): unknown {
  if (isPostriderError(error, 'VALIDATION_FAILED')) {
    const { field, label } = error.details ?? {};
    return invalidAt(
      ['body', typeof field === 'string' ? field : label === undefined ? 'metric' : 'labels'],
      error.message,
    );
  }
  if (!isPostriderError(error, 'CONFIG_INVALID')) return error;
  const [, problem = ''] = /: (.*)/s.exec(error.message) ?? [];
  const word = fieldWords.find((candidate) => new RegExp(`\\b${candidate}\\b`).test(problem));
  if (word === 'id') return invalidAt(['path', 'threshold_id'], error.message);
  return invalidAt(word === undefined ? ['body'] : ['body', word === 'levels' ? 'warning' : word], error.message);
}
