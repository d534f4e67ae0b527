import type { ThresholdChange } from './threshold.js';

/** Rates of a handful of attempts mean nothing. */
const minimumAttempts = 10;

/** What is watched unless told otherwise. Change one by its id, or remove it. */
export const defaultThresholds: readonly ThresholdChange[] = [
  { id: 'slow_delivery', metric: 'webhook_delivery_duration_seconds', statistic: 'average', warning: 5 },
  { id: 'queue_size', metric: 'webhook_queue_size', labels: { state: 'due' }, statistic: 'latest', warning: 100 },
  {
    id: 'failure_rate',
    metric: 'webhook_attempts_total',
    labels: { outcome: 'failed' },
    statistic: 'share',
    minimumCount: minimumAttempts,
    critical: 0.8,
  },
  {
    id: 'breaker_open',
    metric: 'webhook_circuit_breaker_state',
    labels: { state: 'open' },
    statistic: 'latest',
    warning: 0,
    onlyWhile: {
      metric: 'webhook_attempts_total',
      labels: { outcome: 'failed' },
      statistic: 'share',
      minimumCount: minimumAttempts,
      comparison: 'above',
      level: 0.5,
    },
  },
];
