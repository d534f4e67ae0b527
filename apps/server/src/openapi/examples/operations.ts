import { ids, times, type ComponentExamples } from './values.js';

const started = { id: ids.task, status: 'running', task: 'endpoint.recover', updatedAt: times.updated };
const statistics = { count: 1_210, average: 0.084, latest: 0.079 };
const period = { periodStart: times.since, periodEnd: times.until };
const seconds = { min: 0.012, max: 1.9, p50: 0.071, p95: 0.31, p99: 0.88 };
const alert = {
  ...{ id: 'alert_1', thresholdId: 'queue', metric: 'webhook_queue_size', severity: 'warning', level: 10_000 },
  ...{ value: 12_400, raisedAt: times.updated, message: 'webhook_queue_size is 12400, above 10000.' },
};
const threshold = {
  ...{ metric: 'webhook_queue_size', statistic: 'latest', windowSeconds: 300, comparison: 'above' },
  ...{ warning: 10_000, critical: 100_000, forSeconds: 60, hysteresis: 0.1 },
};

/** How the installation does, and what it works on. */
export const operationExamples: ComponentExamples = {
  BackgroundTaskStarted: started,
  BackgroundTaskOut: { ...started, data: { scanned: 1_210, affected: 2 } },
  TaskOut: {
    ...{ id: ids.task, type: started.task, state: 'running', appId: ids.application },
    ...{ input: { since: times.since }, scanned: 1_210, affected: 2, failures: 0 },
    ...{ createdAt: times.created, updatedAt: times.updated },
  },
  IntegrationIn: { name: 'Shop', featureFlags: ['beta'] },
  IntegrationUpdate: { name: 'Shop', featureFlags: null },
  IntegrationOut: {
    ...{ id: 'integ_2xRkG4w9TdX1mKc7VzPn5HyJqLb', name: 'Shop', featureFlags: ['beta'] },
    ...{ createdAt: times.created, updatedAt: times.updated },
  },
  IntegrationKeyOut: { key: `pr_${ids.key}_…` },
  AppUsageStatsIn: { since: times.since, until: times.until },
  AppUsageStatsOut: { ...started, task: 'application.stats', unresolvedAppIds: [] },
  HealthOut: {
    ...{ status: 'up', phase: 'serving' },
    checks: [{ name: 'storage', status: 'up', healthy: true, latencyMs: 2 }],
  },
  SystemHealthOut: {
    ...{ score: 96, status: 'excellent', deliveries: 1_210, errors: 6, successRate: 0.995, averageResponseTime: 0.084 },
    penalties: [
      { name: 'breakers', value: 4, cap: 20, evidence: { open: 1 }, explanation: '1 circuit breakers are open' },
    ],
  },
  MetricsSummaryOut: {
    ...{ timestamp: times.updated, windowSeconds: 300, alerts: [alert], healthScore: 96 },
    metrics: { webhook_delivery_duration_seconds: statistics },
  },
  ThresholdIn: threshold,
  ThresholdOut: { id: 'queue', ...threshold },
  AlertOut: alert,
  PluginsOut: {
    plugins: [
      {
        ...{ name: '@postrider/storage-sqlite', version: '0.1.0', state: 'running' },
        provides: [{ id: 'postrider.storage', version: 1 }],
      },
    ],
  },
  CacheInvalidateIn: { tag: 'reports' },
  CacheStatsOut: {
    data: [
      {
        ...{ name: 'values', available: true, shared: false, hits: 912, misses: 88, hitRate: 0.912 },
        ...{ evictions: 0, expirations: 41, entries: 47, maxEntries: 10_000, bytes: 51_200, maxBytes: 33_554_432 },
      },
    ],
  },
  PerformanceReport: {
    ...{ ...period, totalEvents: 1_180, events: { 'invoice.paid': 1_180 }, deliveries: 1_206 },
    ...{ successRate: 0.998, attemptSuccessRate: 0.981, averageResponseTime: 0.084 },
    topEndpoints: [{ endpointId: ids.endpoint, count: 1_206 }],
    errorBreakdown: { http_503: 21, timeout: 2 },
    hourlyDistribution: { 8: 610, 9: 596 },
    performance: { ...seconds, averageRetryCount: 0.02, maxRetryCount: 8, retryRate: 0.019 },
  },
  EndpointReport: {
    ...{ endpointId: ids.endpoint, ...period, deliveries: 1_206, delivered: 1_204, deadLettered: 2, attempts: 1_227 },
    ...{ successRate: 0.998, responseTimes: { average: 0.084, ...seconds }, errors: { http_503: 21, timeout: 2 } },
    daily: [{ date: '2026-03-04', deliveries: 301, errors: 4, successRate: 1 }],
    trend: { direction: 'stable', firstHalfSuccessRate: 0.997, secondHalfSuccessRate: 0.999 },
  },
  Timeseries: { metric: 'deliveries', step: 'day', points: [{ at: times.since, value: 301 }] },
};
