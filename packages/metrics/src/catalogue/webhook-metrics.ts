import { defineMetrics } from './metric-definition.js';

// One attempt ends at its deadline, 30 s at most by default; a longer one falls into the last bucket.
const attemptSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const deliverySeconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 1800, 7200, 43_200, 86_400, 345_600];
const storageSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

const breakerStates = ['closed', 'half_open', 'open'] as const;
const attemptOutcomes = ['succeeded', 'failed', 'unknown'] as const;
// A platform has few caches; each has a name in the code.
const cacheName = { limit: 16 } as const;

/**
 * Every metric of Postrider. Names, types, labels and label values are a contract: they change like an API does. No
 * label is ever a URL, a message or an endpoint; numbers per endpoint come from the HTTP API, which reads rollups.
 */
export const webhookMetrics = defineMetrics({
  webhook_deliveries_total: {
    type: 'counter',
    labels: {
      outcome: ['delivered', 'dead_letter', 'cancelled'],
      event_type: { limit: 100, inTimeSeries: false },
    },
    help: 'Deliveries that ended, by how they ended.',
  },
  webhook_delivery_duration_seconds: {
    type: 'histogram',
    labels: { outcome: attemptOutcomes },
    buckets: attemptSeconds,
    help: 'Duration of one attempt in seconds, from the start of the request to its outcome.',
  },
  webhook_queue_size: {
    type: 'gauge',
    labels: { state: ['pending', 'due', 'in_flight'] },
    aggregate: 'sum',
    help: 'Deliveries that have not ended: pending ones wait for their time, due ones for a worker, in_flight ones for an outcome.',
  },
  webhook_circuit_breaker_state: {
    type: 'gauge',
    labels: { state: breakerStates },
    aggregate: 'sum',
    help: 'Endpoints whose circuit breaker is in this state.',
  },
  webhook_rate_limit_hits: {
    type: 'counter',
    labels: { scope: ['endpoint', 'application', 'api'] },
    help: 'Sends or calls that a rate limit held back.',
  },
  webhook_validation_errors: {
    type: 'counter',
    labels: { kind: { limit: 50 } },
    help: 'Inputs that were refused, by what was wrong with them.',
  },
  webhook_retry_attempts: {
    type: 'counter',
    labels: { attempt: { limit: 20 } },
    help: 'Attempts after the first of their delivery; 1 is the first retry.',
  },
  webhook_worker_utilization: {
    type: 'gauge',
    labels: { worker: { limit: 16 } },
    aggregate: 'average',
    help: 'Share of the slots of the dispatcher that are busy, 0 to 1.',
  },

  webhook_attempts_total: {
    type: 'counter',
    labels: {
      kind: [
        'none',
        'http_status',
        'blocked_address',
        'dns_error',
        'connect_timeout',
        'connection_refused',
        'connection_reset',
        'tls_error',
        'timeout',
        'response_too_large_header',
        'protocol_error',
        'aborted',
        'internal',
      ],
      outcome: attemptOutcomes,
    },
    help: 'Attempts, by outcome and kind of error: none for a 2xx answer, http_status for any other.',
  },
  webhook_publish_total: {
    type: 'counter',
    labels: { result: ['accepted', 'duplicate', 'refused', 'failed'] },
    help: 'Messages handed in for publishing, by what became of them.',
  },
  webhook_publish_batch_size: {
    type: 'histogram',
    labels: {},
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    help: 'Messages that shared one commit.',
  },
  webhook_end_to_end_seconds: {
    type: 'histogram',
    labels: {},
    buckets: deliverySeconds,
    help: 'Time in seconds from accepting a message to its successful delivery.',
  },
  webhook_oldest_due_age_seconds: {
    type: 'gauge',
    labels: {},
    aggregate: 'max',
    help: 'How long the oldest due delivery has been waiting for a worker, in seconds.',
  },
  webhook_dead_letter_total: {
    type: 'counter',
    labels: {
      reason: ['exhausted', 'endpoint_disabled', 'endpoint_gone', 'blocked_address', 'payload_too_large', 'internal'],
    },
    help: 'Deliveries that ended without success, by reason.',
  },
  webhook_breaker_transitions_total: {
    type: 'counter',
    labels: { from: breakerStates, to: breakerStates },
    help: 'Changes of state of circuit breakers.',
  },
  webhook_endpoints: {
    type: 'gauge',
    labels: { health: ['excellent', 'good', 'fair', 'poor', 'critical', 'disabled'] },
    aggregate: 'sum',
    help: 'Endpoints by health.',
  },
  webhook_endpoint_disabled_total: {
    type: 'counter',
    labels: { reason: ['manual', 'gone', 'failing'] },
    help: 'Endpoints that were disabled, by reason.',
  },
  webhook_egress_blocked_total: {
    type: 'counter',
    labels: { reason: { limit: 16 } },
    help: 'Attempts that the egress guard refused, by the kind of address, or url when its text was refused.',
  },
  webhook_cache_hits_total: { type: 'counter', labels: { cache: cacheName }, help: 'Reads that a cache answered.' },
  webhook_cache_misses_total: {
    type: 'counter',
    labels: { cache: cacheName },
    help: 'Reads that a cache could not answer.',
  },
  webhook_cache_evictions_total: {
    type: 'counter',
    labels: { cache: cacheName },
    help: 'Entries that a cache gave up to make room.',
  },
  webhook_cache_expirations_total: {
    type: 'counter',
    labels: { cache: cacheName },
    help: 'Entries of a cache that became too old.',
  },
  webhook_cache_bytes: {
    type: 'gauge',
    labels: { cache: cacheName },
    aggregate: 'sum',
    help: 'Estimated size of the entries of a cache in bytes.',
  },
  webhook_storage_batch_seconds: {
    type: 'histogram',
    labels: { op: { limit: 32 } },
    buckets: storageSeconds,
    help: 'Duration of one call of the storage in seconds, by operation.',
  },
  webhook_lease_lost_total: {
    type: 'counter',
    labels: {},
    help: 'Outcomes that came too late because another worker had taken over the delivery.',
  },
  webhook_operational_events_lost_total: {
    type: 'counter',
    labels: { reason: ['too_many', 'refused'] },
    help: 'Operational events that no subscriber will hear of: too many waited for the store, or it refused one too often.',
  },
  webhook_event_loop_lag_seconds: {
    type: 'gauge',
    labels: {},
    aggregate: 'max',
    help: 'How late the event loop runs its timers, in seconds.',
  },
  webhook_build_info: {
    type: 'gauge',
    labels: { version: { limit: 2 }, node: { limit: 2 } },
    aggregate: 'max',
    help: 'Always 1; the labels say which version runs.',
  },
});

/** The type of `webhookMetrics`. */
export type WebhookMetrics = typeof webhookMetrics;
