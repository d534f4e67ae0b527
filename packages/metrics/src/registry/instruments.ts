import type { Counter, Gauge, Histogram } from '../ports/metrics.js';
import type { SeriesSnapshot } from '../ports/metrics-reader.js';

type Labels = Readonly<Record<string, string>>;

/** A counter; `total` only grows. */
export class CounterSeries implements Counter {
  readonly labels: Labels;
  total = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  add(amount = 1): void {
    if (amount > 0 && amount < Infinity) this.total += amount;
  }

  snapshot(): SeriesSnapshot {
    return { labels: this.labels, value: this.total };
  }
}

/** A gauge; `value` is absent until it is set. */
export class GaugeSeries implements Gauge {
  readonly labels: Labels;
  value: number | undefined;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  set(value: number): void {
    if (Number.isFinite(value)) this.value = value;
  }

  add(amount: number): void {
    if (Number.isFinite(amount)) this.value = (this.value ?? 0) + amount;
  }

  snapshot(): SeriesSnapshot | undefined {
    return this.value === undefined ? undefined : { labels: this.labels, value: this.value };
  }
}

/** Tells which of several histograms recorded last, without reading a clock. */
export interface RecordingOrder {
  last: number;
}

/** A histogram. */
export class HistogramSeries implements Histogram {
  readonly labels: Labels;
  count = 0;
  sum = 0;
  latest = 0;
  /** The place of `latest` in the order of all recordings. */
  latestOrder = 0;
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  readonly #order: RecordingOrder;

  constructor(labels: Labels, params: { readonly buckets: readonly number[]; readonly order: RecordingOrder }) {
    this.labels = labels;
    this.#bounds = params.buckets;
    this.#counts = new Float64Array(params.buckets.length + 1);
    this.#order = params.order;
  }

  record(value: number): void {
    if (!Number.isFinite(value)) return;
    let bucket = 0;
    // A dozen bounds: walking them is as quick as halving.
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? Infinity)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.count += 1;
    this.sum += value;
    this.latest = value;
    this.#order.last += 1;
    this.latestOrder = this.#order.last;
  }

  snapshot(): SeriesSnapshot {
    let below = 0;
    const buckets = [...this.#counts].map((count, index) => {
      below += count;
      return { upTo: this.#bounds[index] ?? Infinity, count: below };
    });
    return { labels: this.labels, value: this.sum, count: this.count, buckets };
  }
}
