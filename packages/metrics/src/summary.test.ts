import { FakeClock } from '@postrider/core/testing';
import { expect, it } from 'vitest';
import { createAlerts } from './alerts/alerts.js';
import { webhookMetrics } from './catalogue/webhook-metrics.js';
import { createMetrics } from './registry/metrics-registry.js';
import { createMetricsSummary } from './summary.js';

it('a summary has every metric of the catalogue, the recent alerts and the health score', async () => {
  const clock = new FakeClock();
  const metrics = createMetrics({ clock });
  metrics.start();
  const alerts = createAlerts({
    clock,
    reader: metrics,
    thresholds: [
      { id: 'queue', metric: 'webhook_queue_size', statistic: 'latest', warning: 1, windowSeconds: 10, forSeconds: 0 },
    ],
  });
  const summarise = createMetricsSummary({
    clock,
    reader: metrics,
    alerts,
    healthScore: ({ windowSeconds }) => windowSeconds / 10,
  });
  const queue = metrics.gauge('webhook_queue_size', { state: 'due' });
  queue.set(2);
  await alerts.evaluate();
  queue.set(0);
  await alerts.evaluate();
  metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' }).record(0.5);
  await clock.advance(60_000);

  const summary = summarise({ windowSeconds: 300 });
  expect(summary).toMatchObject({
    timestamp: clock.now(),
    windowSeconds: 300,
    alerts: [{ thresholdId: 'queue', resolvedAt: new Date(clock.nowMs() - 60_000) }],
    healthScore: 30,
  });
  expect(Object.keys(summary.metrics)).toEqual(Object.keys(webhookMetrics));
  expect(summary.metrics.webhook_delivery_duration_seconds).toEqual({ count: 1, average: 0.5, latest: 0.5 });
  expect(summarise({ windowSeconds: 30 }).alerts).toEqual([]);
  expect(summarise({ windowSeconds: 30 }).metrics.webhook_delivery_duration_seconds).toEqual({ count: 0 });
  expect(() => summarise({ windowSeconds: 1e9 })).toThrow(/windowSeconds/);
});

it('a summary does without alerts and health', () => {
  const clock = new FakeClock();
  const summarise = createMetricsSummary({ clock, reader: createMetrics({ clock }) });
  expect(summarise({ windowSeconds: 60 })).toMatchObject({ alerts: [], healthScore: undefined });
});
