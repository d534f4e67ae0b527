import { coreError } from '@postrider/core';
import type { MetricsReader } from '../ports/metrics-reader.js';

/**
 * Which number of a window is compared. `count`, `average` and `latest` are those of `WindowStatistics`; `share` is the
 * count of the metric with its `labels`, divided by the count of `shareOf`: 0 to 1, and no data when nothing was counted.
 */
export type ThresholdStatistic = 'count' | 'average' | 'latest' | 'share';

/** A number to look at. */
export interface Measure {
  /** The name of a metric. */
  readonly metric: string;
  /** Only series with these label values. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly statistic: ThresholdStatistic;
  /** For `share`: the metrics whose counts, added up, are the whole. Default: all series of `metric`. */
  readonly shareOf?: readonly string[] | undefined;
  /** Fewer than this in the window (for `share`: in the whole) counts as no data. Default 1. */
  readonly minimumCount?: number | undefined;
}

/** A number and where it becomes too much or too little. */
export interface Threshold extends Measure {
  /** Its name, unique: `failure_rate`. */
  readonly id: string;
  /** How far to look back. Default 300. */
  readonly windowSeconds: number;
  /** On which side of a level is trouble. The level itself is none. Default `above`. */
  readonly comparison: 'above' | 'below';
  /** The level of a warning. One of both levels is needed. */
  readonly warning?: number | undefined;
  /** The level of a critical alert; not milder than `warning`. */
  readonly critical?: number | undefined;
  /** How long a level must be exceeded, at every evaluation, before there is an alert. Default 60. */
  readonly forSeconds: number;
  /**
   * How far the value must come back behind the mildest level, as a share of that level; with `share` and `below`, at most
   * half of the way to 1. Default 0.1; 0 to 1.
   */
  readonly hysteresis: number;
  /** Exceeding counts only while this holds too. */
  readonly onlyWhile?: (Measure & { readonly comparison: 'above' | 'below'; readonly level: number }) | undefined;
}

/** A new threshold, or the fields of an existing one that change. */
export type ThresholdChange = Pick<Threshold, 'id'> & Partial<Threshold>;

/** Merges a change into what there was. Throws `CONFIG_INVALID` when the result makes no sense. */
export function mergeThreshold(change: ThresholdChange, before: Threshold | undefined): Threshold {
  const defaults = {
    metric: '',
    statistic: 'average' as const,
    windowSeconds: 300,
    comparison: 'above' as const,
    forSeconds: 60,
    hysteresis: 0.1,
  };
  const threshold: Threshold = { ...defaults, ...before, ...change };
  const problem = findProblem(threshold);
  if (problem === undefined) return threshold;
  throw coreError('CONFIG_INVALID', `Threshold "${threshold.id}": ${problem}.`, { details: { id: threshold.id } });
}

function findProblem(threshold: Threshold): string | undefined {
  const { id, metric, warning, critical, comparison, windowSeconds, forSeconds, hysteresis } = threshold;
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(id)) return 'its id must be lower case letters, digits and underscores';
  if (metric === '') return 'it names no metric';
  const levels = [warning, critical].filter((level) => level !== undefined);
  if (levels.length === 0) return 'it has neither a warning nor a critical level; give at least one';
  if (!levels.every((level) => Number.isFinite(level))) return 'its levels must be finite numbers';
  if (
    warning !== undefined &&
    critical !== undefined &&
    (comparison === 'above' ? critical < warning : critical > warning)
  ) {
    return `critical (${String(critical)}) is milder than warning (${String(warning)})`;
  }
  if (!(windowSeconds > 0)) return `windowSeconds is ${String(windowSeconds)}; expected above 0`;
  if (!(forSeconds >= 0)) return `forSeconds is ${String(forSeconds)}; expected at least 0`;
  if (!(hysteresis >= 0 && hysteresis <= 1)) return `hysteresis is ${String(hysteresis)}; expected 0 to 1`;
  return undefined;
}

/** The number, or `undefined` without data. */
export function measure(
  reader: MetricsReader,
  { windowSeconds, ...wanted }: Measure & { readonly windowSeconds: number },
): number | undefined {
  const { metric, labels, statistic, minimumCount = 1 } = wanted;
  const found = reader.window({ metric, labels, windowSeconds });
  if (statistic !== 'share') {
    // A count of 0 is a number, and the total of a counter does not depend on the window.
    const hasData = statistic !== 'average' || found.count >= minimumCount;
    return hasData ? found[statistic] : undefined;
  }
  const whole = (wanted.shareOf ?? [metric])
    .map((name) => reader.window({ metric: name, windowSeconds }).count)
    .reduce((sum, count) => sum + count, 0);
  return whole >= Math.max(minimumCount, Number.MIN_VALUE) ? found.count / whole : undefined;
}

/** Throws `VALIDATION_FAILED` when the reader knows no such metric, label or window. */
export function assertMeasurable(reader: MetricsReader, threshold: Threshold): void {
  const { windowSeconds, onlyWhile } = threshold;
  measure(reader, threshold);
  if (onlyWhile !== undefined) measure(reader, { ...onlyWhile, windowSeconds });
}
