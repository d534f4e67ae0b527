import { definePort } from '@postrider/core';
import type { LabelsOf, MetricCatalogue, MetricDefinition, MetricNames } from '../catalogue/metric-definition.js';
import type { WebhookMetrics } from '../catalogue/webhook-metrics.js';

/** One series of a counter. */
export interface Counter {
  /** Adds `amount`, 1 by default. A negative or non-finite amount is ignored. */
  add(amount?: number): void;
}

/** One series of a gauge. */
export interface Gauge {
  /** Replaces the value. A non-finite one is ignored. */
  set(value: number): void;
  /** Changes the value, 0 at first, by `amount`, which may be negative. A non-finite one is ignored. */
  add(amount: number): void;
}

/** One series of a histogram. */
export interface Histogram {
  /** Counts one observation. A non-finite one is ignored. */
  record(value: number): void;
}

/** The labels of a metric as an argument; none for a metric without labels. */
export type LabelArguments<D extends MetricDefinition> = keyof D['labels'] extends never ? [] : [labels: LabelsOf<D>];

/**
 * Where a component counts and measures. Ask once for a series and hold on to it: recording then costs next to nothing.
 * Asking again with equal labels gives the same series. A label value that its rule does not allow becomes `other`.
 * Recording never throws, never waits and never allocates.
 */
export interface Metrics<C extends MetricCatalogue = WebhookMetrics> {
  counter<N extends MetricNames<C, 'counter'>>(name: N, ...labels: LabelArguments<C[N]>): Counter;
  gauge<N extends MetricNames<C, 'gauge'>>(name: N, ...labels: LabelArguments<C[N]>): Gauge;
  histogram<N extends MetricNames<C, 'histogram'>>(name: N, ...labels: LabelArguments<C[N]>): Histogram;
}

/** The metrics of the host. */
export const Metrics = definePort<Metrics>({ id: 'postrider.metrics', version: 1 });
