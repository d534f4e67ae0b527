import type { MetricSnapshot, SeriesSnapshot } from '@postrider/metrics';
import type { Metric, MetricObjectWithValues, MetricValue } from 'prom-client';

type MetricKind = MetricSnapshot['type'];
type Value = MetricValue<string> & { metricName?: string };

/**
 * One metric of ours as prom-client sees it: it holds nothing and reads the current snapshot whenever it is asked, so
 * that what is recorded is recorded once, however many exporters there are.
 */
export class SnapshotMetric {
  readonly name: string;
  readonly help: string;
  readonly type: MetricKind;
  readonly aggregator = 'sum';
  readonly #read: () => MetricSnapshot | undefined;

  constructor(first: MetricSnapshot, read: () => MetricSnapshot | undefined) {
    this.name = first.name;
    this.help = first.help;
    this.type = first.type;
    this.#read = read;
  }

  /** Called by the registry for every scrape. */
  async get(): Promise<Omit<MetricObjectWithValues<Value>, 'collect' | 'type'> & { readonly type: MetricKind }> {
    const { name, help, type, aggregator } = this;
    const series = this.#read()?.series ?? [];
    const values = series.flatMap((one) => (type === 'histogram' ? toHistogramValues(name, one) : [toValue(one)]));
    return { name, help, type, aggregator, values };
  }

  /** Part of prom-client's contract. There is nothing here to reset: the values belong to the platform. */
  reset(): void {
    // See above.
  }
}

/** The registry asks for its own class and uses only what `SnapshotMetric` has. */
export function toPromMetric(metric: SnapshotMetric): Metric {
  return metric as unknown as Metric;
}

function toValue({ labels, value }: SeriesSnapshot): Value {
  return { labels: { ...labels }, value };
}

function toHistogramValues(name: string, { labels, value, count = 0, buckets = [] }: SeriesSnapshot): Value[] {
  return [
    ...buckets.map((bucket) => ({
      labels: { ...labels, le: Number.isFinite(bucket.upTo) ? bucket.upTo : '+Inf' },
      value: bucket.count,
      metricName: `${name}_bucket`,
    })),
    { labels: { ...labels }, value, metricName: `${name}_sum` },
    { labels: { ...labels }, value: count, metricName: `${name}_count` },
  ];
}
