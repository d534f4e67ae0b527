import { createIdGenerator, systemRandom, type Attempt, type DeliveryOutcome } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { createMetrics } from '@postrider/metrics';
import { describe, expect, it } from 'vitest';
import { createDeliveryMetrics } from './delivery-metrics.js';

function setUp() {
  const clock = new FakeClock();
  const ids = createIdGenerator({ clock, random: systemRandom });
  const metrics = createMetrics({ clock });
  const observer = createDeliveryMetrics(metrics, clock);
  const messageId = ids.next('msg_');
  const outcome = (next: DeliveryOutcome['next'], attempt?: Partial<Attempt>): DeliveryOutcome => ({
    lease: { applicationId: 'app_1', messageId, deliveryId: 'dlv_1', leaseToken: 1 },
    environmentId: 'env_1',
    endpointId: 'ep_1',
    eventType: 'invoice.paid',
    next,
    attempt: attempt && ({ number: 1, trigger: 'scheduled', durationMs: 20, ...attempt } as Attempt),
  });
  const record = (...outcomes: DeliveryOutcome[]) => observer.recorded?.({ outcomes, commitMs: 2 });
  const read = () =>
    Object.fromEntries(
      metrics
        .collect()
        .flatMap(({ name, series }) =>
          series
            .filter(({ value, count = 0 }) => value > 0 || count > 0)
            .map(({ labels, value, count }) => [
              [name, ...Object.values(labels)].join(' '),
              count === undefined ? value : [count, value],
            ]),
        ),
    );
  return { clock, observer, outcome, record, read };
}

describe('what the engine tells becomes metrics', () => {
  it('a delivery at the first attempt', async () => {
    const { clock, outcome, record, read } = setUp();
    await clock.advance(1_500);
    record(outcome({ status: 'delivered' }, { outcome: 'succeeded' }));
    const { webhook_end_to_end_seconds: endToEnd, ...others } = read();
    expect((endToEnd as number[])[1]).toBeCloseTo(1.5, 2);
    expect(others).toEqual({
      'webhook_deliveries_total delivered invoice.paid': 1,
      'webhook_delivery_duration_seconds succeeded': [1, 0.02],
      'webhook_attempts_total none succeeded': 1,
      'webhook_storage_batch_seconds record_outcomes': [1, 0.002],
    });
  });

  it('retries, dead letters, blocked addresses and cancellations', () => {
    const { outcome, record, read } = setUp();
    const pending = { status: 'pending', dueAt: new Date(0) } as const;
    record(
      outcome(pending, { outcome: 'failed' }),
      outcome(pending, { outcome: 'failed', number: 2, errorKind: 'timeout' }),
      outcome(
        { status: 'dead_letter', reason: 'blocked_address' },
        { outcome: 'failed', errorKind: 'blocked_address' },
      ),
      outcome({ status: 'cancelled', reason: 'endpoint_deleted' }),
      outcome(pending),
    );
    expect(read()).toEqual({
      'webhook_deliveries_total dead_letter invoice.paid': 1,
      'webhook_deliveries_total cancelled invoice.paid': 1,
      'webhook_delivery_duration_seconds failed': [3, 0.06],
      'webhook_attempts_total http_status failed': 1,
      'webhook_attempts_total timeout failed': 1,
      'webhook_attempts_total blocked_address failed': 1,
      'webhook_retry_attempts 1': 1,
      'webhook_dead_letter_total blocked_address': 1,
      'webhook_storage_batch_seconds record_outcomes': [1, 0.002],
    });
  });

  it('publishes, breakers, rates and disabled endpoints; a manual delivery has no end-to-end time', () => {
    const { observer, outcome, record, read } = setUp();
    observer.published?.({ messages: [{}, {}] as never, commitMs: 4 });
    const subject = { environmentId: 'env_1', applicationId: 'app_1', endpointId: 'ep_1' };
    const change = { ...subject, cause: 'rate', at: new Date(0), heard: false } as never;
    observer.breakersChanged?.([
      { ...(change as object), from: 'closed', to: 'open' } as never,
      { ...(change as object), from: 'disabled', to: 'isolated' } as never,
      { ...(change as object), from: 'open', to: 'half_open', heard: true } as never,
    ]);
    observer.rateHeld?.({ ...subject, scope: 'application', waitMs: 5 });
    observer.egressBlocked?.({ ...subject, reason: 'metadata' });
    observer.endpointDisabled?.({ disabledReason: 'gone' } as never);
    record(outcome({ status: 'delivered' }, { outcome: 'succeeded', trigger: 'manual' }));
    expect(read()).toMatchObject({
      'webhook_publish_total accepted': 2,
      webhook_publish_batch_size: [1, 2],
      'webhook_storage_batch_seconds append_messages': [1, 0.004],
      'webhook_breaker_transitions_total closed open': 2,
      'webhook_rate_limit_hits application': 1,
      'webhook_endpoint_disabled_total gone': 1,
      'webhook_egress_blocked_total metadata': 1,
    });
    expect(read()).not.toHaveProperty('webhook_end_to_end_seconds');
    expect(read()).not.toHaveProperty('webhook_breaker_transitions_total open half_open');
  });
});
