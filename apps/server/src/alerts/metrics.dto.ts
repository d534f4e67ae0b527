import { z } from 'zod';
import { webhookMetrics, type Alert, type Threshold, type WindowStatistics } from '@postrider/metrics';
import { instantOut, text } from '../http/schemas/fields.js';
import { count } from '../http/schemas/query.js';

/** 31 days: the longest retention of metrics. */
const maxWindowSeconds = 744 * 3600;

const metricNames = Object.keys(webhookMetrics) as [keyof typeof webhookMetrics, ...(keyof typeof webhookMetrics)[]];
const metricName = z.enum(metricNames, { error: 'There is no such metric.' });
const labels = z.record(text({ min: 1, max: 64 }), text({ max: 256 }));
const level = z.number('Expected a finite number.');
const statistic = z.enum(['count', 'average', 'latest', 'share']);
const comparison = z.enum(['above', 'below']);

const measure = {
  metric: metricName,
  labels: labels.optional(),
  statistic,
  shareOf: z.array(metricName).min(1).max(10).optional(),
  minimumCount: z.number().min(0).optional(),
};

export const windowQuery = z.object({
  window: count({ min: 1, max: maxWindowSeconds })
    .optional()
    .meta({ description: 'How far to look back, in seconds; 300 when absent. At most the retention of metrics.' }),
});

export const thresholdIn = z
  .strictObject({
    metric: metricName.optional(),
    labels: labels.optional(),
    statistic: statistic.optional(),
    shareOf: measure.shareOf,
    minimumCount: measure.minimumCount,
    windowSeconds: z.number().positive().max(maxWindowSeconds).optional(),
    comparison: comparison.optional(),
    warning: level.optional(),
    critical: level.optional(),
    forSeconds: z.number().min(0).max(86_400).optional(),
    hysteresis: z.number().min(0).max(1).optional(),
    onlyWhile: z.strictObject({ ...measure, comparison, level }).optional(),
  })
  .meta({ id: 'ThresholdIn' });

export const thresholdOut = z
  .object({
    id: z.string(),
    ...measure,
    windowSeconds: z.number(),
    comparison,
    warning: level.optional(),
    critical: level.optional(),
    forSeconds: z.number(),
    hysteresis: z.number(),
    onlyWhile: z.object({ ...measure, comparison, level }).optional(),
  })
  .meta({ id: 'ThresholdOut' });

export const thresholdList = z.object({ data: z.array(thresholdOut) }).meta({ id: 'ListResponseThresholdOut' });

export const alertOut = z
  .object({
    id: z.string(),
    thresholdId: z.string(),
    metric: z.string(),
    severity: z.enum(['warning', 'critical']),
    level,
    value: level,
    raisedAt: instantOut(),
    resolvedAt: instantOut().optional().meta({ description: 'Absent while it lasts.' }),
    message: z.string(),
  })
  .meta({ id: 'AlertOut' });

export const alertList = z.object({ data: z.array(alertOut) }).meta({ id: 'ListResponseAlertOut' });

const windowStatistics = z
  .object({
    count: z.number(),
    average: z.number().optional(),
    latest: z.number().optional(),
  })
  .meta({ id: 'WindowStatisticsOut' });

export const summaryOut = z
  .object({
    timestamp: instantOut(),
    windowSeconds: z.int(),
    metrics: z.record(z.string(), windowStatistics),
    alerts: z.array(alertOut),
    healthScore: z.number().optional(),
  })
  .meta({ id: 'MetricsSummaryOut', description: 'What this process has recorded; other replicas have their own.' });

export type WindowParameters = z.output<typeof windowQuery>;
export type ThresholdIn = z.output<typeof thresholdIn>;
export type ThresholdOut = Threshold;
export type SummaryOut = Omit<z.output<typeof summaryOut>, 'metrics'> & {
  readonly metrics: Readonly<Record<string, WindowStatistics>>;
};

export function toAlertOut({ raisedAt, resolvedAt, ...alert }: Alert): z.output<typeof alertOut> {
  return { ...alert, raisedAt: raisedAt.toISOString(), resolvedAt: resolvedAt?.toISOString() };
}
