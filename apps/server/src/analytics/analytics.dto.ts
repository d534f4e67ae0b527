import { z } from 'zod';
import { identifier, instant, instantOut } from '../http/schemas/fields.js';
import { count } from '../http/schemas/query.js';

const timeZone = z.string().min(1).max(64).optional().meta({ description: 'IANA name; UTC when absent.' });
const scope = {
  app_id: identifier().optional().meta({ description: 'Id or uid of an application; all when absent.' }),
  endpoint_id: identifier().optional().meta({ description: 'Id or uid of one of its endpoints; all when absent.' }),
  event_type: identifier().optional().meta({ description: 'All event types when absent.' }),
};
const range = { from: instant(), to: instant() };

export const reportQuery = z.object({ ...scope, ...range, time_zone: timeZone });
export const endpointReportQuery = z.object({
  app_id: identifier().meta({ description: 'Id or uid of the application of the endpoint.' }),
  days: count({ min: 1, max: 366 }).optional().meta({ description: 'How far back; 7 when absent.' }),
  time_zone: timeZone,
});
export const timeseriesQuery = z.object({
  ...scope,
  ...range,
  metric: z.string().max(64),
  step: z
    .string()
    .max(16)
    .optional()
    .meta({ description: '`hour` (of the last 8 days) or `day`, which is the default.' }),
});

const counts = z.record(z.string(), z.int());
const rate = z.number().min(0).max(1);
const seconds = z.number().min(0);
const period = { periodStart: instantOut(), periodEnd: instantOut() };

export const reportOut = z
  .object({
    ...period,
    totalEvents: z.int(),
    events: counts,
    deliveries: z.int().meta({ description: 'Deliveries that ended: delivered or dead-lettered.' }),
    successRate: rate.meta({ description: 'Delivered ÷ `deliveries`.' }),
    attemptSuccessRate: rate.meta({ description: 'Successful attempts ÷ attempts.' }),
    averageResponseTime: seconds.meta({ description: 'Of the attempts, in seconds.' }),
    topEndpoints: z.array(z.object({ endpointId: z.string(), count: z.int() })),
    errorBreakdown: counts.meta({ description: 'Failed attempts by error kind or `http_<status code>`.' }),
    hourlyDistribution: counts.meta({ description: 'Ended deliveries by hour of the day, 0 to 23.' }),
    performance: z.object({
      ...{ min: seconds, max: seconds, p50: seconds, p95: seconds, p99: seconds },
      ...{ averageRetryCount: z.number(), maxRetryCount: z.int(), retryRate: rate },
    }),
  })
  .meta({ id: 'PerformanceReport' });

export const endpointReportOut = z
  .object({
    endpointId: z.string(),
    ...period,
    ...{ deliveries: z.int(), delivered: z.int(), deadLettered: z.int(), attempts: z.int(), successRate: rate },
    responseTimes: z.object({ average: seconds, min: seconds, max: seconds, p50: seconds, p95: seconds, p99: seconds }),
    errors: counts,
    daily: z.array(z.object({ date: z.string(), deliveries: z.int(), errors: z.int(), successRate: rate })),
    trend: z.object({
      direction: z.enum(['improving', 'stable', 'declining', 'insufficient_data']),
      firstHalfSuccessRate: rate,
      secondHalfSuccessRate: rate,
    }),
  })
  .meta({ id: 'EndpointReport' });

export const timeseriesOut = z
  .object({
    metric: z.string(),
    step: z.string(),
    points: z.array(z.object({ at: instantOut(), value: z.number() })),
  })
  .meta({ id: 'Timeseries' });
