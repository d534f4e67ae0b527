/** A queue grows beyond its threshold and shrinks again: one alert is raised and resolved. */
import { systemClock } from '@postrider/core';
import { createAlerts, createMetrics, createMetricsSummary, type AlertChannel } from '@postrider/metrics';

const metrics = createMetrics({ clock: systemClock });
const due = metrics.gauge('webhook_queue_size', { state: 'due' });
const duration = metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' });

const terminal: AlertChannel = {
  name: 'terminal',
  notify: async ({ kind, alert }) => console.log(`${kind}: ${alert.metric}, ${alert.severity}`),
};
const alerts = createAlerts({ clock: systemClock, reader: metrics, thresholds: [], channels: [terminal] });
alerts.setThreshold({ id: 'queue', metric: 'webhook_queue_size', statistic: 'latest', warning: 100, forSeconds: 0 });

due.set(250);
await alerts.evaluate(); // on a schedule
await alerts.evaluate(); // says it only once
due.set(3);
await alerts.evaluate();

duration.record(0.1);
duration.record(0.3);
const summary = createMetricsSummary({ clock: systemClock, reader: metrics, alerts })({ windowSeconds: 300 });
console.log(summary.metrics['webhook_delivery_duration_seconds']);
