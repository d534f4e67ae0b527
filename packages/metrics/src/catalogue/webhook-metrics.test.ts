import { describe, expect, it } from 'vitest';
import { maxTimeSeriesBytes } from '../series/memory-bound.js';
import { defineMetrics, type MetricDefinition } from './metric-definition.js';
import { webhookMetrics } from './webhook-metrics.js';

describe('the catalogue', () => {
  it('is what dashboards and alerts were built on: names, types and labels', () => {
    const contract = Object.entries<MetricDefinition>(webhookMetrics).map(
      ([name, { type, labels }]) => `${name} ${type} {${Object.keys(labels).join(',')}}`,
    );
    expect(contract).toEqual([
      'webhook_deliveries_total counter {outcome,event_type}',
      'webhook_delivery_duration_seconds histogram {outcome}',
      'webhook_queue_size gauge {state}',
      'webhook_circuit_breaker_state gauge {state}',
      'webhook_rate_limit_hits counter {scope}',
      'webhook_validation_errors counter {kind}',
      'webhook_retry_attempts counter {attempt}',
      'webhook_worker_utilization gauge {worker}',
      'webhook_attempts_total counter {kind,outcome}',
      'webhook_publish_total counter {result}',
      'webhook_publish_batch_size histogram {}',
      'webhook_end_to_end_seconds histogram {}',
      'webhook_oldest_due_age_seconds gauge {}',
      'webhook_dead_letter_total counter {reason}',
      'webhook_breaker_transitions_total counter {from,to}',
      'webhook_endpoints gauge {health}',
      'webhook_endpoint_disabled_total counter {reason}',
      'webhook_egress_blocked_total counter {reason}',
      'webhook_cache_hits_total counter {cache}',
      'webhook_cache_misses_total counter {cache}',
      'webhook_cache_evictions_total counter {cache}',
      'webhook_cache_expirations_total counter {cache}',
      'webhook_cache_bytes gauge {cache}',
      'webhook_storage_batch_seconds histogram {op}',
      'webhook_lease_lost_total counter {}',
      'webhook_operational_events_lost_total counter {reason}',
      'webhook_event_loop_lag_seconds gauge {}',
      'webhook_build_info gauge {version,node}',
    ]);
  });

  it('explains each metric in a sentence', () => {
    for (const { help } of Object.values<MetricDefinition>(webhookMetrics)) expect(help).toMatch(/^[A-Z].+\.$/);
  });

  it('takes no more memory for its time series than the README says', () => {
    expect(maxTimeSeriesBytes(webhookMetrics, 24)).toBeLessThan(29e6);
    expect(maxTimeSeriesBytes(webhookMetrics, 1)).toBeLessThan(2.3e6);
  });
});

describe('a definition is refused', () => {
  const gauge = { type: 'gauge', labels: {}, aggregate: 'sum', help: 'Something.' } as const;

  it.each<[name: string, definition: MetricDefinition, reason: RegExp]>([
    ['Bad-Name', gauge, /lower case/],
    ['x', { ...gauge, labels: { le: ['a'] } }, /"le" cannot be the name of a label/],
    ['x', { ...gauge, labels: { kind: { limit: 0 } } }, /allows 0 values/],
    ['x', { ...gauge, labels: { kind: { limit: Infinity } } }, /allows Infinity values/],
    ['x', { ...gauge, labels: { kind: [] } }, /allows 0 values/],
    ['x', { type: 'histogram', labels: {}, help: 'Something.', buckets: [1, 1] }, /ascend/],
    ['x', { type: 'histogram', labels: {}, help: 'Something.', buckets: [] }, /ascend/],
  ])('%s %j', (name, definition, reason) => {
    expect(() => defineMetrics({ [name]: definition })).toThrow(reason);
  });
});
