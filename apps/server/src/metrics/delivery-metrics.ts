import { idTime, type Attempt, type Clock, type DeliveryOutcome } from '@postrider/core';
import type { BreakerChange, DeliveryObserver } from '@postrider/delivery';
import type { Counter, Metrics } from '@postrider/metrics';

/** As many event types as the catalogue tells apart; the series of others are looked up. */
const heldEventTypes = 100;

/**
 * Feeds the metrics from what the engine tells, once it is stored. Called on the hot path: series are asked for once and
 * held, save those of rare events.
 */
export function createDeliveryMetrics(metrics: Metrics, clock: Pick<Clock, 'nowMs'>): DeliveryObserver {
  const accepted = metrics.counter('webhook_publish_total', { result: 'accepted' });
  const batchSize = metrics.histogram('webhook_publish_batch_size');
  const appendSeconds = metrics.histogram('webhook_storage_batch_seconds', { op: 'append_messages' });
  const recordSeconds = metrics.histogram('webhook_storage_batch_seconds', { op: 'record_outcomes' });
  const rateHits = {
    endpoint: metrics.counter('webhook_rate_limit_hits', { scope: 'endpoint' }),
    application: metrics.counter('webhook_rate_limit_hits', { scope: 'application' }),
  };
  const noteAttempt = countAttempts(metrics);
  const noteEnd = countEnds(metrics, clock);
  return {
    published: ({ messages, commitMs }) => {
      appendSeconds.record(commitMs / 1000);
      if (messages.length === 0) return;
      accepted.add(messages.length);
      batchSize.record(messages.length);
    },
    recorded: ({ outcomes, commitMs }) => {
      recordSeconds.record(commitMs / 1000);
      for (const outcome of outcomes) {
        if (outcome.attempt !== undefined) noteAttempt(outcome.attempt);
        noteEnd(outcome);
      }
    },
    endpointDisabled: ({ disabledReason = 'manual' }) =>
      metrics.counter('webhook_endpoint_disabled_total', { reason: disabledReason }).add(),
    breakersChanged: (changes) => {
      for (const { from, to, heard } of changes) {
        if (heard) continue;
        const labels = { from: toBreakerLabel(from), to: toBreakerLabel(to) };
        metrics.counter('webhook_breaker_transitions_total', labels).add();
      }
    },
    rateHeld: ({ scope }) => rateHits[scope].add(),
    egressBlocked: ({ reason }) => metrics.counter('webhook_egress_blocked_total', { reason }).add(),
  };
}

/** An operator's word counts as what it does: `isolated` lets nothing through, `disabled` everything. */
export function toBreakerLabel(state: BreakerChange['from']): 'closed' | 'half_open' | 'open' {
  if (state === 'isolated') return 'open';
  return state === 'disabled' ? 'closed' : state;
}

function countAttempts(metrics: Metrics): (attempt: Attempt) => void {
  const seconds = {
    succeeded: metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' }),
    failed: metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'failed' }),
    unknown: metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'unknown' }),
  };
  const succeeded = metrics.counter('webhook_attempts_total', { kind: 'none', outcome: 'succeeded' });
  return ({ outcome, number, durationMs, errorKind }) => {
    seconds[outcome].record(durationMs / 1000);
    if (outcome === 'succeeded') succeeded.add();
    else metrics.counter('webhook_attempts_total', { kind: errorKind ?? 'http_status', outcome }).add();
    if (number > 1) metrics.counter('webhook_retry_attempts', { attempt: String(number - 1) }).add();
  };
}

function countEnds(metrics: Metrics, clock: Pick<Clock, 'nowMs'>): (outcome: DeliveryOutcome) => void {
  const endToEnd = metrics.histogram('webhook_end_to_end_seconds');
  // Looking a series up by two labels costs a microsecond, a map a tenth of it.
  const delivered = new Map<string, Counter>();
  const deliveredOf = (eventType: string): Counter => {
    const held = delivered.get(eventType);
    if (held !== undefined) return held;
    const counter = metrics.counter('webhook_deliveries_total', { outcome: 'delivered', event_type: eventType });
    if (delivered.size < heldEventTypes) delivered.set(eventType, counter);
    return counter;
  };
  return ({ lease, attempt, eventType, next }) => {
    if (next.status === 'pending') return;
    if (next.status === 'delivered') deliveredOf(eventType).add();
    else metrics.counter('webhook_deliveries_total', { outcome: next.status, event_type: eventType }).add();
    if (next.status === 'dead_letter') {
      metrics.counter('webhook_dead_letter_total', { reason: next.reason }).add();
    }
    // A message that somebody sends again was accepted long ago.
    if (next.status === 'delivered' && attempt?.trigger === 'scheduled') {
      endToEnd.record(Math.max(0, clock.nowMs() - idTime(lease.messageId).getTime()) / 1000);
    }
  };
}
