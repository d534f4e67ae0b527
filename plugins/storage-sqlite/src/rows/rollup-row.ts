import type { DurationHistogram, Rollup } from '@postrider/core';

/** A row of `rollups`. */
export interface RollupRow {
  readonly environment_id: string;
  readonly bucket_at: number;
  readonly application_id: string;
  readonly endpoint_id: string;
  readonly event_type: string;
  readonly writer_id: string;
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
}

export function toRollupRow(rollup: Rollup): RollupRow {
  return {
    environment_id: rollup.environmentId,
    bucket_at: rollup.bucketAt.getTime(),
    application_id: rollup.applicationId,
    endpoint_id: rollup.endpointId,
    event_type: rollup.eventType,
    writer_id: rollup.writerId,
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
  };
}

export function toRollup(row: RollupRow): Rollup {
  return {
    bucketAt: new Date(row.bucket_at),
    environmentId: row.environment_id,
    applicationId: row.application_id,
    endpointId: row.endpoint_id,
    eventType: row.event_type,
    writerId: row.writer_id,
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
    durations: JSON.parse(row.durations) as DurationHistogram,
    errors: JSON.parse(row.errors) as Readonly<Record<string, number>>,
  };
}
