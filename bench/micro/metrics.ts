/**
 * What recording a metric costs per call, held and looked up, and what the time series of the catalogue can take.
 *
 *   node bench/micro/metrics.ts
 */
import { systemClock } from '@postrider/core';
import { createMetrics, maxTimeSeriesBytes, noopMetrics, webhookMetrics } from '@postrider/metrics';
import { median } from '../src/statistics.ts';

const rounds = 15;
const callsPerRound = 200_000;

const metrics = createMetrics({ clock: systemClock });
const counter = metrics.counter('webhook_lease_lost_total');
const gauge = metrics.gauge('webhook_queue_size', { state: 'due' });
const histogram = metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' });
const noop = noopMetrics.counter('webhook_lease_lost_total');
const eventTypes = Array.from({ length: 200 }, (_, index) => `type.${String(index)}`);

const parts: Readonly<Record<string, (index: number) => void>> = {
  'counter, held': () => counter.add(),
  'gauge, held': (index) => gauge.set(index),
  'histogram, held': (index) => histogram.record((index % 1000) / 100),
  'counter, looked up by two labels': (index) =>
    metrics
      .counter('webhook_deliveries_total', { outcome: 'delivered', event_type: eventTypes[index % 200] ?? '' })
      .add(),
  'nothing, the default without metrics': () => noop.add(),
};

function measure(call: (index: number) => void): number {
  const startedAt = performance.now();
  for (let index = 0; index < callsPerRound; index += 1) call(index);
  return ((performance.now() - startedAt) * 1e6) / callsPerRound;
}

const samples = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, call] of Object.entries(parts)) samples.set(name, [...(samples.get(name) ?? []), measure(call)]);
}
console.table(
  Object.fromEntries(
    [...samples].map(([name, all]) => [
      name,
      { 'median ns': Math.round(median(all)), 'least ns': Math.round(Math.min(...all)) },
    ]),
  ),
);
const seriesMb = maxTimeSeriesBytes(webhookMetrics, 24) / 1e6;
console.log(`The time series of 24 hours take at most ${seriesMb.toFixed(1)} MB.`);
