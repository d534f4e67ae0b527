import type { Rollup, RollupSums, RollupSummary, SummarySpan } from '@postrider/core';

interface SumsRow {
  readonly environment_id: string;
  readonly bucket_at: number;
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
  readonly durations: string;
  readonly errors: string;
  readonly events: string;
}

/** A row of `rollups`. */
export interface RollupRow extends SumsRow {
  readonly writer_id: string;
}

/** A row of `rollup_summaries`. */
export interface SummaryRow extends SumsRow {
  readonly span_minutes: SummarySpan;
  readonly quarters: string;
}

export function toRollupRow(rollup: Rollup): RollupRow {
  return { ...toSumsRow(rollup), writer_id: rollup.writerId };
}

export function toSummaryRow(summary: RollupSummary): SummaryRow {
  const { spanMinutes, quarters } = summary;
  return { ...toSumsRow(summary), span_minutes: spanMinutes, quarters: JSON.stringify(quarters) };
}

export function toRollup(row: RollupRow): Rollup {
  return { ...toSums(row), writerId: row.writer_id };
}

export function toSummary(row: SummaryRow): RollupSummary {
  const quarters = JSON.parse(row.quarters) as RollupSummary['quarters'];
  return { ...toSums(row), spanMinutes: row.span_minutes, quarters };
}

function toSumsRow(rollup: Rollup | RollupSummary): SumsRow {
  return {
    environment_id: rollup.environmentId,
    bucket_at: rollup.bucketAt.getTime(),
    application_id: rollup.applicationId,
    endpoint_id: rollup.endpointId,
    event_type: rollup.eventType,
    attempts: rollup.attempts,
    failed_attempts: rollup.failedAttempts,
    retries: rollup.retries,
    max_attempt_number: rollup.maxAttemptNumber,
    delivered: rollup.delivered,
    dead_lettered: rollup.deadLettered,
    cancelled: rollup.cancelled,
    duration_sum_ms: rollup.durationSumMs,
    duration_min_ms: rollup.durationMinMs,
    duration_max_ms: rollup.durationMaxMs,
    durations: JSON.stringify(rollup.durations),
    errors: JSON.stringify(rollup.errors),
    events: JSON.stringify(rollup.events),
  };
}

function toSums(row: SumsRow): RollupSums & Pick<Rollup, keyof Rollup & keyof RollupSummary> {
  return {
    bucketAt: new Date(row.bucket_at),
    environmentId: row.environment_id,
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
    durations: toCounts(row.durations),
    errors: toCounts(row.errors),
    events: toCounts(row.events),
  };
}

const toCounts = (json: string): Readonly<Record<string, number>> => JSON.parse(json) as Record<string, number>;
