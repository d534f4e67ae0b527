import { isClosed, type MetricCatalogue, type MetricDefinition } from '../catalogue/metric-definition.js';
import { maxRingBytes } from './step-ring.js';

/** The length of a step of the time series. */
export const stepMs = 10_000;

/** How many steps there are in the retention. */
export function toCapacitySteps(retentionHours: number): number {
  return Math.ceil((retentionHours * 3_600_000) / stepMs);
}

/**
 * The most bytes that the numbers of the time series can take, if every label takes every value in every hour. In
 * practice it is a fraction: an hour of a series takes memory only if something happened in it.
 */
export function maxTimeSeriesBytes(catalogue: MetricCatalogue, retentionHours: number): number {
  const capacitySteps = toCapacitySteps(retentionHours);
  return Object.values(catalogue)
    .map((definition) => {
      const width = definition.type === 'histogram' ? 2 : 1;
      return countTracks(definition) * maxRingBytes({ capacitySteps, width });
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

function countTracks({ labels }: MetricDefinition): number {
  return (
    Object.values(labels)
      .filter((rule) => isClosed(rule) || rule.inTimeSeries !== false)
      // One more value each: `other`.
      .map((rule) => (isClosed(rule) ? rule.length : rule.limit) + 1)
      .reduce((product, values) => product * values, 1)
  );
}
