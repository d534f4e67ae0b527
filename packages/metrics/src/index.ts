// Catalogue
export { defineMetrics } from './catalogue/metric-definition.js';
export type {
  CounterDefinition,
  GaugeDefinition,
  HistogramDefinition,
  LabelRule,
  LabelsOf,
  MetricCatalogue,
  MetricDefinition,
  MetricNames,
  OpenLabelRule,
} from './catalogue/metric-definition.js';
export { webhookMetrics, type WebhookMetrics } from './catalogue/webhook-metrics.js';

// Recording
export { Metrics, type Counter, type Gauge, type Histogram, type LabelArguments } from './ports/metrics.js';
export {
  createMetrics,
  createMetricsFor,
  type MetricsOptions,
  type MetricsRegistry,
} from './registry/metrics-registry.js';
export { noopMetrics } from './registry/noop-metrics.js';

// Reading
export { MetricsReader } from './ports/metrics-reader.js';
export type {
  MetricSnapshot,
  SeriesPoint,
  SeriesSnapshot,
  WindowQuery,
  WindowStatistics,
} from './ports/metrics-reader.js';
export { maxTimeSeriesBytes } from './series/memory-bound.js';
export { createMetricsSummary, type MetricsSummary, type MetricsSummarySources } from './summary.js';

// Alerts
export type { Alert, AlertSeverity } from './alerts/alert.js';
export { Alerts, createAlerts, type AlertsOptions } from './alerts/alerts.js';
export { defaultThresholds } from './alerts/default-thresholds.js';
export { createLogChannel } from './alerts/log-channel.js';
export type { Measure, Threshold, ThresholdChange, ThresholdStatistic } from './alerts/threshold.js';
export { AlertChannels, type AlertChannel, type AlertEvent } from './ports/alert-channel.js';

// For the host
export { metricsPlugin } from './plugin.js';
