import type { Dashboard } from './dashboard.ts';

const rate = (metric: string, by = ''): string =>
  `sum${by === '' ? '' : ` by (${by})`} (rate(${metric}[$__rate_interval]))`;
const quantile = (share: number, metric: string, by = ''): string =>
  `histogram_quantile(${String(share)}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket[$__rate_interval])))`;

const overview: Dashboard = {
  id: 'overview',
  title: 'overview',
  panels: [
    {
      kind: 'stat',
      title: 'Published',
      description: 'Messages accepted per second.',
      unit: 'ops',
      queries: { accepted: rate('webhook_publish_total{result="accepted"}') },
    },
    {
      kind: 'stat',
      title: 'Delivered',
      description: 'Deliveries that succeeded per second.',
      unit: 'ops',
      queries: { delivered: rate('webhook_deliveries_total{outcome="delivered"}') },
    },
    {
      kind: 'stat',
      title: 'Success',
      description: 'Share of the deliveries that ended and succeeded.',
      unit: 'percentunit',
      queries: {
        success: `${rate('webhook_deliveries_total{outcome="delivered"}')} / ${rate('webhook_deliveries_total{outcome!="cancelled"}')}`,
      },
    },
    {
      kind: 'stat',
      title: 'Oldest due',
      description: 'How long the oldest due delivery has been waiting.',
      unit: 's',
      queries: { oldest: 'max(webhook_oldest_due_age_seconds)' },
    },
    {
      kind: 'stat',
      title: 'Open breakers',
      description: 'Endpoints that are not called at the moment because they kept failing.',
      unit: 'short',
      queries: { open: 'sum(webhook_circuit_breaker_state{state="open"})' },
    },
    {
      kind: 'stat',
      title: 'Processes',
      description: 'Processes that were scraped, by version.',
      unit: 'short',
      queries: { '{{version}}': 'count by (version) (webhook_build_info)' },
    },
    {
      title: 'Deliveries by outcome',
      description: 'Deliveries that ended.',
      unit: 'ops',
      stacked: true,
      queries: { '{{outcome}}': rate('webhook_deliveries_total', 'outcome') },
    },
    {
      title: 'Publishes by result',
      description:
        'duplicate: the idempotency key was used before. failed: storage did not take it, and the publisher got 503.',
      unit: 'ops',
      stacked: true,
      queries: { '{{result}}': rate('webhook_publish_total', 'result') },
    },
    {
      title: 'Accepted to delivered',
      description: 'From the 202 to the success of the receiver, retries included.',
      unit: 's',
      queries: {
        p50: quantile(0.5, 'webhook_end_to_end_seconds'),
        p95: quantile(0.95, 'webhook_end_to_end_seconds'),
        p99: quantile(0.99, 'webhook_end_to_end_seconds'),
      },
    },
    {
      title: 'Duration of attempts',
      description: 'One request, start to outcome: mostly the receiver.',
      unit: 's',
      queries: {
        p50: quantile(0.5, 'webhook_delivery_duration_seconds'),
        p95: quantile(0.95, 'webhook_delivery_duration_seconds'),
        p99: quantile(0.99, 'webhook_delivery_duration_seconds'),
      },
    },
    {
      title: 'Retries',
      description: 'Attempts after the first, by their number.',
      unit: 'ops',
      stacked: true,
      queries: { 'retry {{attempt}}': rate('webhook_retry_attempts', 'attempt') },
    },
    {
      title: 'Refused inputs',
      description: 'Requests to the API that were wrong, by what was wrong with them.',
      unit: 'ops',
      queries: { '{{kind}}': rate('webhook_validation_errors', 'kind') },
    },
    {
      title: 'Busiest event types',
      description: 'Deliveries that ended, by event type.',
      unit: 'ops',
      queries: { '{{event_type}}': `topk(10, ${rate('webhook_deliveries_total', 'event_type')})` },
    },
  ],
};

const endpoints: Dashboard = {
  id: 'endpoints',
  title: 'endpoints',
  panels: [
    {
      title: 'Circuit breakers',
      description: 'Endpoints in use, by the state of their breaker.',
      unit: 'short',
      stacked: true,
      queries: { '{{state}}': 'sum by (state) (webhook_circuit_breaker_state)' },
    },
    {
      title: 'Breaker transitions',
      description: 'How often breakers change their state.',
      unit: 'ops',
      queries: { '{{from}} to {{to}}': rate('webhook_breaker_transitions_total', 'from, to') },
    },
    {
      title: 'Endpoints by health',
      description: 'Every process counts the same endpoints, so the largest count is shown.',
      unit: 'short',
      stacked: true,
      queries: { '{{health}}': 'max by (health) (webhook_endpoints)' },
    },
    {
      title: 'Failed attempts by cause',
      description: 'What receivers answered, or why they could not be reached.',
      unit: 'ops',
      stacked: true,
      queries: { '{{kind}}': rate('webhook_attempts_total{outcome!="succeeded"}', 'kind') },
    },
    {
      title: 'Dead letters by reason',
      description: 'Deliveries that were given up.',
      unit: 'ops',
      stacked: true,
      queries: { '{{reason}}': rate('webhook_dead_letter_total', 'reason') },
    },
    {
      title: 'Disabled',
      description: 'Endpoints that were disabled, in an hour.',
      unit: 'short',
      queries: { '{{reason}}': 'sum by (reason) (increase(webhook_endpoint_disabled_total[1h]))' },
    },
    {
      title: 'Held back by rate limits',
      description: 'Sends and calls that had to wait.',
      unit: 'ops',
      queries: { '{{scope}}': rate('webhook_rate_limit_hits', 'scope') },
    },
    {
      title: 'Refused by the egress guard',
      description: 'Connections to addresses that webhooks may not be sent to.',
      unit: 'ops',
      queries: { '{{reason}}': rate('webhook_egress_blocked_total', 'reason') },
    },
  ],
};

const workers: Dashboard = {
  id: 'queue-and-workers',
  title: 'queue and workers',
  panels: [
    {
      title: 'Deliveries waiting',
      description:
        'pending: their time has not come. due: they wait for a worker. in_flight: a worker has them. Every process counts the same queue.',
      unit: 'short',
      stacked: true,
      queries: { '{{state}}': 'max by (state) (webhook_queue_size)' },
    },
    {
      title: 'Age of the oldest due delivery',
      description: 'Whether the workers keep up: scale by this.',
      unit: 's',
      queries: { oldest: 'max(webhook_oldest_due_age_seconds)' },
    },
    {
      title: 'Busy share of the workers',
      description: 'Slots of the dispatcher that are in use.',
      unit: 'percentunit',
      queries: { '{{instance}}': 'max by (instance) (webhook_worker_utilization)' },
    },
    {
      title: 'Attempts',
      description: 'Requests made, by outcome.',
      unit: 'ops',
      stacked: true,
      queries: { '{{outcome}}': rate('webhook_attempts_total', 'outcome') },
    },
    {
      title: 'Lost leases',
      description: 'Outcomes that came too late: another worker had taken over, so the message may arrive twice.',
      unit: 'ops',
      queries: { lost: rate('webhook_lease_lost_total') },
    },
    {
      title: 'Lost operational events',
      description: 'Events that operators subscribed to and will not be told of, in an hour.',
      unit: 'short',
      queries: { '{{reason}}': 'sum by (reason) (increase(webhook_operational_events_lost_total[1h]))' },
    },
    {
      title: 'Event loop',
      description: 'How late each process is with its timers.',
      unit: 's',
      queries: { '{{instance}}': 'max by (instance) (webhook_event_loop_lag_seconds)' },
    },
    {
      title: 'Memory',
      description: 'Resident memory of each process.',
      unit: 'bytes',
      queries: { '{{instance}}': 'process_resident_memory_bytes{job="postrider"}' },
    },
    {
      title: 'CPU',
      description: 'Cores in use by each process.',
      unit: 'short',
      queries: { '{{instance}}': 'rate(process_cpu_seconds_total{job="postrider"}[$__rate_interval])' },
    },
  ],
};

const storage: Dashboard = {
  id: 'storage',
  title: 'storage and caches',
  panels: [
    {
      title: 'Storage calls, slowest hundredth',
      description: 'By operation.',
      unit: 's',
      queries: { '{{op}}': quantile(0.99, 'webhook_storage_batch_seconds', 'op') },
    },
    {
      title: 'Storage calls, median',
      description: 'By operation.',
      unit: 's',
      queries: { '{{op}}': quantile(0.5, 'webhook_storage_batch_seconds', 'op') },
    },
    {
      title: 'Storage calls',
      description: 'Transactions per second, by operation.',
      unit: 'ops',
      queries: { '{{op}}': rate('webhook_storage_batch_seconds_count', 'op') },
    },
    {
      title: 'Messages in one commit',
      description: 'Publishes that arrive together share a transaction: the larger, the cheaper.',
      unit: 'short',
      queries: { p50: quantile(0.5, 'webhook_publish_batch_size'), p99: quantile(0.99, 'webhook_publish_batch_size') },
    },
    {
      title: 'Cache hit rate',
      description: 'Share of the reads that a cache answered.',
      unit: 'percentunit',
      queries: {
        '{{cache}}': `${rate('webhook_cache_hits_total', 'cache')} / (${rate('webhook_cache_hits_total', 'cache')} + ${rate('webhook_cache_misses_total', 'cache')})`,
      },
    },
    {
      title: 'Cache entries dropped',
      description: 'evicted: to make room. expired: too old.',
      unit: 'ops',
      queries: {
        '{{cache}} evicted': rate('webhook_cache_evictions_total', 'cache'),
        '{{cache}} expired': rate('webhook_cache_expirations_total', 'cache'),
      },
    },
    {
      title: 'Cache size',
      description: 'Estimated, by cache.',
      unit: 'bytes',
      queries: { '{{cache}}': 'sum by (cache) (webhook_cache_bytes)' },
    },
  ],
};

/** Every dashboard that ships with the product. */
export const dashboards: readonly Dashboard[] = [overview, endpoints, workers, storage];
