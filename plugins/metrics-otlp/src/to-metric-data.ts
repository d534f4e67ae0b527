import { ValueType, type HrTime } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType, type Histogram, type MetricData } from '@opentelemetry/sdk-metrics';
import type { MetricSnapshot, SeriesSnapshot } from '@postrider/metrics';

/** The time that a snapshot covers: from the start of the process to now. */
export interface Span {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

/** An instant as OpenTelemetry writes it. */
export function toHrTime(epochMs: number): HrTime {
  const seconds = Math.floor(epochMs / 1000);
  return [seconds, Math.round((epochMs - seconds * 1000) * 1e6)];
}

/** A metric of ours as the SDK exports it: totals since the start, which survive a lost export. */
export function toMetricData({ name, type, help, series }: MetricSnapshot, span: Span): MetricData {
  const common = {
    descriptor: {
      name,
      description: help,
      unit: name.endsWith('_seconds') ? 's' : name.endsWith('_bytes') ? 'By' : '1',
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const points = <T>(toValue: (one: SeriesSnapshot) => T) =>
    series.map((one) => ({ ...span, attributes: { ...one.labels }, value: toValue(one) }));
  switch (type) {
    case 'counter':
      return {
        ...common,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: points(({ value }) => value),
      };
    case 'gauge':
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints: points(({ value }) => value) };
    case 'histogram':
      return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: points(toHistogram) };
  }
}

/** Ours count everything up to a bound, theirs what lies between two. */
function toHistogram({ value, count = 0, buckets = [] }: SeriesSnapshot): Histogram {
  return {
    sum: value,
    count,
    buckets: {
      boundaries: buckets.map(({ upTo }) => upTo).filter((bound) => bound !== Infinity),
      counts: buckets.map((bucket, index) => bucket.count - (buckets[index - 1]?.count ?? 0)),
    },
  };
}
