import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock, type Clock, type Logger } from '@postrider/core';
import { createAlerts } from '../alerts/alerts.js';
import type { ThresholdChange } from '../alerts/threshold.js';
import type { MetricCatalogue } from '../catalogue/metric-definition.js';
import { webhookMetrics } from '../catalogue/webhook-metrics.js';
import type { AlertChannel } from '../ports/alert-channel.js';
import { createMetricsFor } from '../registry/metrics-registry.js';
import { METRICS_SCHEDULE, MetricsLifecycle, type MetricsSchedule } from './metrics-lifecycle.js';
import { ALERTS, METRICS } from './tokens.js';

/** Options of the `MetricsModule`; all of them have defaults. */
export interface MetricsModuleOptions {
  /** The metrics that exist. Default: those of Postrider; `defineMetrics` declares others. */
  readonly catalogue?: MetricCatalogue | undefined;
  /** How far windows can reach back, in hours. Default 24. */
  readonly retentionHours?: number | undefined;
  /** What is watched. Default: nothing with a catalogue of your own, else the default thresholds. */
  readonly thresholds?: readonly ThresholdChange[] | undefined;
  /** Who hears of alerts. */
  readonly channels?: readonly AlertChannel[] | undefined;
  /** How often thresholds are evaluated, in milliseconds. Default 10 000. */
  readonly evaluateEveryMs?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

const defaultEvaluateEveryMs = 10_000;

/** Gives the application metrics and alerts on them, under `@InjectMetrics()` and `@InjectAlerts()`; import it once. */
@Module({})
export class MetricsModule {
  /** Throws `CONFIG_INVALID` for options that make no sense. */
  static forRoot(options: MetricsModuleOptions = {}): DynamicModule {
    const { catalogue = webhookMetrics, clock = systemClock, retentionHours, channels, logger } = options;
    const thresholds = options.thresholds ?? (options.catalogue === undefined ? undefined : []);
    const metrics = createMetricsFor({ clock, catalogue, retentionHours });
    const alerts = createAlerts({ clock, reader: metrics, logger, thresholds, channels });
    const evaluateEveryMs = options.evaluateEveryMs ?? defaultEvaluateEveryMs;
    const schedule: MetricsSchedule = { clock, evaluateEveryMs };
    return {
      module: MetricsModule,
      global: true,
      providers: [
        { provide: METRICS, useValue: metrics },
        { provide: ALERTS, useValue: alerts },
        { provide: METRICS_SCHEDULE, useValue: schedule },
        MetricsLifecycle,
      ],
      exports: [METRICS, ALERTS],
    };
  }
}
