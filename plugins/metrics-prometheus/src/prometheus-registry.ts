import type { MetricSnapshot, MetricsReader } from '@postrider/metrics';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { SnapshotMetric, toPromMetric } from './snapshot-metric.js';

/** Options of `createPrometheusRegistry`. */
export interface PrometheusRegistryOptions {
  readonly reader: MetricsReader;
  /** Where the metrics are registered; a new registry when absent. Names that it has already are refused by it. */
  readonly registry?: Registry | undefined;
  /** Adds prom-client's own metrics of the process and of Node.js. Default `false`. */
  readonly processMetrics?: boolean | undefined;
}

/**
 * Registers every metric of the reader's catalogue with prom-client, for a program that serves `/metrics` itself:
 * `await registry.metrics()` gives the text, `registry.contentType` its type. Reading happens at the scrape alone.
 */
export function createPrometheusRegistry(options: PrometheusRegistryOptions): Registry {
  const { reader, registry = new Registry(), processMetrics = false } = options;
  const snapshots = createScrape(reader);
  for (const first of reader.collect()) {
    registry.registerMetric(toPromMetric(new SnapshotMetric(first, () => snapshots().get(first.name))));
  }
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return registry;
}

/** Reads all metrics once for each scrape: the registry asks every metric within one turn of the event loop. */
function createScrape(reader: MetricsReader): () => ReadonlyMap<string, MetricSnapshot> {
  let current: ReadonlyMap<string, MetricSnapshot> | undefined;
  return () => {
    if (current !== undefined) return current;
    queueMicrotask(() => void (current = undefined));
    return (current = new Map(reader.collect().map((metric) => [metric.name, metric])));
  };
}
