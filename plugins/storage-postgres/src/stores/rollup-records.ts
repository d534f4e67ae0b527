import type { Rollup, RollupSums, RollupSummary, SummarySpan } from '@postrider/core';
import { toTimestamp } from '../database/rows.js';

interface SumsRow {
  readonly environment_id: string;
  readonly bucket_at: Date;
  readonly application_id: string;
  readonly endpoint_id: string;
  readonly event_type: string;
  readonly attempts: number;
  readonly failed_attempts: number;
  readonly retries: number;
  readonly max_attempt_number: number;
  readonly delivered: number;
  readonly dead_lettered: number;
  readonly cancelled: number;
  readonly duration_sum_ms: number;
  readonly duration_min_ms: number;
  readonly duration_max_ms: number;
  readonly durations: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, number>>;
}

/** A row of `rollups`. */
export interface RollupRow extends SumsRow {
  readonly writer_id: string;
}

/** A row of `rollup_summaries`, as `summaryFields` selects it. */
export interface SummaryRow extends SumsRow {
  readonly span_minutes: SummarySpan;
  readonly quarters: RollupSummary['quarters'];
}

function toSums(row: SumsRow): RollupSums & Pick<Rollup, keyof Rollup & keyof RollupSummary> {
  return {
    environmentId: row.environment_id,
    bucketAt: row.bucket_at,
    applicationId: row.application_id,
    endpointId: row.endpoint_id,
    eventType: row.event_type,
    attempts: row.attempts,
    failedAttempts: row.failed_attempts,
    retries: row.retries,
    maxAttemptNumber: row.max_attempt_number,
    delivered: row.delivered,
    deadLettered: row.dead_lettered,
    cancelled: row.cancelled,
    durationSumMs: row.duration_sum_ms,
    durationMinMs: row.duration_min_ms,
    durationMaxMs: row.duration_max_ms,
    durations: row.durations,
    errors: row.errors,
    events: row.events,
  };
}

export function toRollup(row: RollupRow): Rollup {
  return { ...toSums(row), writerId: row.writer_id };
}

export function toSummary(row: SummaryRow): RollupSummary {
  return { ...toSums(row), spanMinutes: row.span_minutes, quarters: row.quarters };
}

/** The parameters of `writeRollups`. */
export function rollupValues(rollups: readonly Rollup[]): unknown[] {
  const [environmentIds, bucketsAt, applicationIds, endpointIds, eventTypes, ...sums] = sumsValues(rollups);
  const writerIds = rollups.map(({ writerId }) => writerId);
  return [environmentIds, bucketsAt, applicationIds, endpointIds, eventTypes, writerIds, ...sums];
}

/** The parameters of `writeSummaries`. */
export function summaryValues(summaries: readonly RollupSummary[]): unknown[] {
  return [
    ...sumsValues(summaries),
    summaries.map(({ spanMinutes }) => spanMinutes),
    summaries.map(({ quarters }) => JSON.stringify(quarters)),
  ];
}

function sumsValues(rows: readonly (Rollup | RollupSummary)[]): unknown[] {
  return [
    rows.map(({ environmentId }) => environmentId),
    rows.map(({ bucketAt }) => toTimestamp(bucketAt)),
    rows.map(({ applicationId }) => applicationId),
    rows.map(({ endpointId }) => endpointId),
    rows.map(({ eventType }) => eventType),
    rows.map(({ attempts }) => attempts),
    rows.map(({ failedAttempts }) => failedAttempts),
    rows.map(({ retries }) => retries),
    rows.map(({ maxAttemptNumber }) => maxAttemptNumber),
    rows.map(({ delivered }) => delivered),
    rows.map(({ deadLettered }) => deadLettered),
    rows.map(({ cancelled }) => cancelled),
    rows.map(({ durationSumMs }) => durationSumMs),
    rows.map(({ durationMinMs }) => durationMinMs),
    rows.map(({ durationMaxMs }) => durationMaxMs),
    rows.map(({ durations }) => JSON.stringify(durations)),
    rows.map(({ errors }) => JSON.stringify(errors)),
    rows.map(({ events }) => JSON.stringify(events)),
  ];
}
