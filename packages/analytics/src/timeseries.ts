import type { RollupSummary } from '@postrider/core';
import type { AnalyticsStore } from './analytics-store.js';
import { responseTimesOf, share, successRateOf, sumOf, type Quarter } from './counted-rows.js';
import type { AnalyticsScope } from './performance-report.js';
import { hoursKeptDays, refuse, toPeriod } from './query-rules.js';

/** What can be charted. Rates are 0–1, response times seconds; without data a point is 0. */
export const timeseriesMetrics = [
  ...['deliveries', 'delivered', 'dead_lettered', 'attempts', 'failed_attempts'],
  ...['success_rate', 'attempt_success_rate'],
  ...['response_time_average', 'response_time_p50', 'response_time_p95', 'response_time_p99'],
] as const;

/** Lengths of the steps of a chart, in UTC. */
export const timeseriesSteps = ['hour', 'day'] as const;

export interface TimeseriesQuery extends AnalyticsScope {
  /** One of `timeseriesMetrics`. */
  readonly metric: string;
  /** One of `timeseriesSteps`; hours are there for the last 8 days. */
  readonly step: string;
  readonly from: Date;
  readonly to: Date;
  readonly signal?: AbortSignal | undefined;
}

export interface Timeseries {
  readonly metric: string;
  readonly step: string;
  /** One for every step that the range touches, oldest first. */
  readonly points: readonly { readonly at: Date; readonly value: number }[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Count = (rows: readonly RollupSummary[]) => number;

const countOf =
  (read: (sums: Omit<Quarter, 'atMs'>) => number): Count =>
  (rows) =>
    read(sumOf(rows));

const counts: Readonly<Record<string, Count>> = {
  deliveries: countOf(({ delivered, deadLettered }) => delivered + deadLettered),
  delivered: countOf(({ delivered }) => delivered),
  dead_lettered: countOf(({ deadLettered }) => deadLettered),
  attempts: countOf(({ attempts }) => attempts),
  failed_attempts: countOf(({ failedAttempts }) => failedAttempts),
  success_rate: countOf(successRateOf),
  attempt_success_rate: countOf(({ attempts, failedAttempts }) => share(attempts - failedAttempts, attempts)),
  response_time_average: (rows) => responseTimesOf(sumOf(rows)).average,
  response_time_p50: (rows) => responseTimesOf(sumOf(rows)).p50,
  response_time_p95: (rows) => responseTimesOf(sumOf(rows)).p95,
  response_time_p99: (rows) => responseTimesOf(sumOf(rows)).p99,
};

/** See `Analytics.timeseries`. */
export async function chart(store: AnalyticsStore, query: TimeseriesQuery, now: Date): Promise<Timeseries> {
  const { metric, step, environmentId = 'default', applicationId, endpointId, eventType } = query;
  const count = Object.hasOwn(counts, metric) ? counts[metric] : undefined;
  if (count === undefined) throw refuse('metric', `metric: expected one of ${timeseriesMetrics.join(', ')}.`);
  if (step !== 'hour' && step !== 'day') throw refuse('step', `step: expected one of ${timeseriesSteps.join(', ')}.`);
  const hours = toPeriod(query, now);
  if (step === 'hour' && query.from.getTime() < now.getTime() - hoursKeptDays * dayMs) {
    throw refuse(
      'from',
      `from: hours are kept for ${hoursKeptDays} days; ask for a later time, or for the step "day".`,
    );
  }
  const stepMs = step === 'hour' ? hourMs : dayMs;
  const from = new Date(Math.floor(hours.from.getTime() / stepMs) * stepMs);
  const to = new Date(Math.ceil(hours.to.getTime() / stepMs) * stepMs);
  const scope = { environmentId, applicationId, endpointId, eventType, from, to };
  const rows = await store.readSummaries({ ...scope, ...(query.signal && { signal: query.signal }) });
  const byStep = Map.groupBy(rows, ({ bucketAt }) => Math.floor(bucketAt.getTime() / stepMs));
  const length = Math.round((to.getTime() - from.getTime()) / stepMs);
  const points = Array.from({ length }, (_, index) => {
    const at = new Date(from.getTime() + index * stepMs);
    return { at, value: count(byStep.get(at.getTime() / stepMs) ?? []) };
  });
  return { metric, step, points };
}
