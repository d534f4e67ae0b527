import type { GaugeDefinition, HistogramDefinition } from '../catalogue/metric-definition.js';
import type { SeriesSnapshot } from '../ports/metrics-reader.js';
import {
  aggregateGauges,
  CounterTrack,
  GaugeTrack,
  HistogramTrack,
  type StepSum,
  type Track,
} from '../series/track.js';
import { CounterSeries, GaugeSeries, HistogramSeries, type RecordingOrder } from './instruments.js';

/** What every series can do. */
export interface Series {
  snapshot(): SeriesSnapshot | undefined;
}

/** Where the types of metrics differ. */
export interface MetricKind<S extends Series> {
  createSeries(labels: Readonly<Record<string, string>>): S;
  createTrack(capacitySteps: number): Track<S>;
  /** Makes one number of what the tracks of a metric have in the same step. */
  combine(parts: readonly StepSum[]): StepSum;
  average(sum: StepSum, seconds: number): number | undefined;
  /** `count`: how much there was in the window. */
  latest(members: readonly S[], count: number): number | undefined;
}

function addUp(parts: readonly StepSum[]): StepSum {
  let count = 0;
  let sum = 0;
  for (const part of parts) {
    count += part.count;
    sum += part.sum;
  }
  return { count, sum };
}

function mean({ count, sum }: StepSum): number | undefined {
  return count === 0 ? undefined : sum / count;
}

export function counterKind(): MetricKind<CounterSeries> {
  return {
    createSeries: (labels) => new CounterSeries(labels),
    createTrack: (capacitySteps) => new CounterTrack(capacitySteps),
    combine: addUp,
    average: ({ count }, seconds) => (seconds > 0 ? count / seconds : undefined),
    latest: (members) => (members.length === 0 ? undefined : members.reduce((sum, { total }) => sum + total, 0)),
  };
}

export function gaugeKind({ aggregate }: GaugeDefinition): MetricKind<GaugeSeries> {
  return {
    createSeries: (labels) => new GaugeSeries(labels),
    createTrack: (capacitySteps) => new GaugeTrack(capacitySteps, aggregate),
    combine: (parts) =>
      aggregateGauges(
        parts.flatMap(({ count, sum }) => (count === 0 ? [] : [sum])),
        aggregate,
      ),
    average: mean,
    latest: (members) => {
      const values = members.flatMap(({ value }) => (value === undefined ? [] : [value]));
      return mean(aggregateGauges(values, aggregate));
    },
  };
}

export function histogramKind({ buckets }: HistogramDefinition, order: RecordingOrder): MetricKind<HistogramSeries> {
  return {
    createSeries: (labels) => new HistogramSeries(labels, { buckets, order }),
    createTrack: (capacitySteps) => new HistogramTrack(capacitySteps),
    combine: addUp,
    average: mean,
    latest: (members, count) => {
      if (count === 0) return undefined;
      return members.reduce((last, member) => (member.latestOrder > last.latestOrder ? member : last)).latest;
    },
  };
}
