import type { Clock } from '@postrider/core';
import type { Alert } from './alerts/alert.js';
import type { Alerts } from './alerts/alerts.js';
import type { MetricsReader, WindowStatistics } from './ports/metrics-reader.js';

/** All metrics over one window. */
export interface MetricsSummary {
  /** When it was made. */
  readonly timestamp: Date;
  readonly windowSeconds: number;
  /** Every metric of the catalogue, by name. */
  readonly metrics: Readonly<Record<string, WindowStatistics>>;
  /** Alerts that last, or were resolved in the window, newest first. */
  readonly alerts: readonly Alert[];
  /** 0 to 100; absent when nobody computes one. */
  readonly healthScore?: number | undefined;
}

/** What a summary is made of. */
export interface MetricsSummarySources {
  readonly clock: Clock;
  readonly reader: MetricsReader;
  readonly alerts?: Pick<Alerts, 'recent'> | undefined;
  /** Asked once for each summary, for the same window. */
  readonly healthScore?: ((params: { readonly windowSeconds: number }) => number | undefined) | undefined;
}

/** Builds the function that summarises. It refuses windows beyond the retention with `VALIDATION_FAILED`. */
export function createMetricsSummary({
  clock,
  reader,
  alerts,
  healthScore,
}: MetricsSummarySources): (params: { readonly windowSeconds: number }) => MetricsSummary {
  return ({ windowSeconds }) => {
    const timestamp = clock.now();
    const metrics = reader.collect().map(({ name }) => [name, reader.window({ metric: name, windowSeconds })] as const);
    return {
      timestamp,
      windowSeconds,
      metrics: Object.fromEntries(metrics),
      alerts: alerts?.recent(new Date(timestamp.getTime() - windowSeconds * 1000)) ?? [],
      healthScore: healthScore?.({ windowSeconds }),
    };
  };
}
