import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader, type MetricProducer } from '@opentelemetry/sdk-metrics';
import { coreError, silentLogger, type Clock, type Logger } from '@postrider/core';
import type { MetricsReader } from '@postrider/metrics';
import { z } from 'zod';
import { otlpConfig, type OtlpOptions } from './config.js';
import { logFailures } from './logging-exporter.js';
import { toHrTime, toMetricData } from './to-metric-data.js';

export interface OtlpExporterDeps {
  readonly reader: Pick<MetricsReader, 'collect'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger?: Logger | undefined;
  /** Sent as the version of the instrumentation scope. */
  readonly version?: string | undefined;
}

/** Sends metrics to a collector, again and again. */
export interface OtlpExporter {
  /** Begins to send at every interval. No effect when started already. */
  start(): void;
  /** Sends now. Resolves when that has been taken, refused or run out of time; failures are logged. */
  flush(): Promise<void>;
  /** Sends a last time and ends. Safe to call twice and without `start`. */
  stop(): Promise<void>;
}

/** Builds an exporter; nothing is sent before `start`. Throws `CONFIG_INVALID`. */
export function createOtlpExporter(deps: OtlpExporterDeps, options: OtlpOptions = {}): OtlpExporter {
  const parsed = otlpConfig.safeParse(options);
  if (!parsed.success) {
    throw coreError('CONFIG_INVALID', `The options of metrics-otlp are invalid. ${z.prettifyError(parsed.error)}`);
  }
  const { url, headers, intervalMs, timeoutMs, serviceName, attributes } = parsed.data;
  const resource = resourceFromAttributes({ 'service.name': serviceName, ...attributes });
  const startTime = toHrTime(deps.clock.nowMs());
  const producer: MetricProducer = {
    collect: async () => {
      const span = { startTime, endTime: toHrTime(deps.clock.nowMs()) };
      const metrics = deps.reader.collect().map((snapshot) => toMetricData(snapshot, span));
      const scope = { name: '@postrider/metrics', version: deps.version ?? '' };
      return { resourceMetrics: { resource, scopeMetrics: [{ scope, metrics }] }, errors: [] };
    },
  };
  let provider: MeterProvider | undefined;
  let stopped: Promise<void> | undefined;

  const build = (): MeterProvider => {
    const otlp = new OTLPMetricExporter({ ...(url !== undefined && { url }), headers, timeoutMillis: timeoutMs });
    const reader = new PeriodicExportingMetricReader({
      exporter: logFailures(otlp, deps.logger ?? silentLogger),
      exportIntervalMillis: intervalMs,
      exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
      metricProducers: [producer],
    });
    return new MeterProvider({ resource, readers: [reader] });
  };

  return {
    start: () => {
      if (stopped === undefined) provider ??= build();
    },
    flush: async () => provider?.forceFlush(),
    stop: () => (stopped ??= provider?.shutdown() ?? Promise.resolve()),
  };
}
