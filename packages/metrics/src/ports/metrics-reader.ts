import { definePort } from '@postrider/core';
import type { MetricDefinition } from '../catalogue/metric-definition.js';

/** A series as it stands now. */
export interface SeriesSnapshot {
  readonly labels: Readonly<Record<string, string>>;
  /** The total of a counter, the value of a gauge, the sum of a histogram. */
  readonly value: number;
  /** For a histogram: how many observations there were. */
  readonly count?: number | undefined;
  /** For a histogram: observations up to each bound, those of lower bounds included; the last bound is infinite. */
  readonly buckets?: readonly { readonly upTo: number; readonly count: number }[] | undefined;
}

/** A metric with all its series: what an exporter writes out. */
export interface MetricSnapshot {
  readonly name: string;
  readonly type: MetricDefinition['type'];
  readonly help: string;
  readonly labelNames: readonly string[];
  /** Those that were asked for so far; a gauge that was never set is left out. */
  readonly series: readonly SeriesSnapshot[];
}

/** Which part of the past to look at. */
export interface WindowQuery {
  /** The name of a metric. */
  readonly metric: string;
  /** Only series with these label values; all when absent. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * How far to look back from now: above 0, at most the retention. Whole steps of 10 s are read, so that a window
   * is never shorter than asked and at most one step longer.
   */
  readonly windowSeconds: number;
}

/** A window in three numbers. */
export interface WindowStatistics {
  /** Counter: its increase. Histogram: observations. Gauge: steps of 10 s in which it had a value, now included. */
  readonly count: number;
  /** Counter: increase per second. Histogram: mean of the observations. Gauge: mean over the steps. Absent without data. */
  readonly average?: number | undefined;
  /** Counter: total since the start. Histogram: the last observation in the window. Gauge: value now. Absent without data. */
  readonly latest?: number | undefined;
}

/** One step of 10 s. */
export interface SeriesPoint {
  /** When the step began. */
  readonly startedAt: Date;
  /** As in `WindowStatistics`, for this step. */
  readonly count: number;
  /** As in `WindowStatistics`, for this step; absent without data. */
  readonly average?: number | undefined;
}

/**
 * Reads what was recorded in this process. Unknown metrics and labels, and windows out of range, are refused with
 * `VALIDATION_FAILED`.
 */
export interface MetricsReader {
  /** Every metric of the catalogue, in its order, as it stands now. */
  collect(): readonly MetricSnapshot[];
  /** One metric over a window. */
  window(query: WindowQuery): WindowStatistics;
  /** One metric step by step, oldest first; the last step is the current, unfinished one. */
  series(query: WindowQuery): readonly SeriesPoint[];
}

/** What exporters read. */
export const MetricsReader = definePort<MetricsReader>({ id: 'postrider.metrics-reader', version: 1 });
