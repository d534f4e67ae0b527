import type { DurationHistogram } from './duration-histogram.js';

/** What a rollup is about. */
export interface RollupSubject {
  /** Beginning of the minute in which the outcomes were recorded. */
  readonly bucketAt: Date;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly eventType: string;
}

/** The sums. Two rollups of one subject merge by adding (minimum and maximum apart). */
export interface RollupSums {
  /** Attempts with a known outcome. */
  readonly attempts: number;
  readonly failedAttempts: number;
  /** Attempts after the first of their delivery. */
  readonly retries: number;
  /** The highest attempt number seen. */
  readonly maxAttemptNumber: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly cancelled: number;
  readonly durationSumMs: number;
  /** Of the attempts; 0 when there are none. */
  readonly durationMinMs: number;
  readonly durationMaxMs: number;
  readonly durations: DurationHistogram;
  /** Failed attempts by error kind, or `http_<status code>`. */
  readonly errors: Readonly<Record<string, number>>;
}

/**
 * Counts of one subject in one minute, as one writer saw them. A writer is one run of one process: its rows are its
 * own, so it can write the running total again and again without reading or locking anything.
 */
export interface Rollup extends RollupSubject, RollupSums {
  readonly writerId: string;
}
