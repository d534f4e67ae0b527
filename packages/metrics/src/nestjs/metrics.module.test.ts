import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { defineMetrics, type Alerts, type AlertEvent, type MetricsRegistry } from '../index.js';
import { ALERTS, InjectAlerts, InjectMetrics, METRICS, MetricsModule } from './index.js';

const catalogue = defineMetrics({
  orders_open: { type: 'gauge', labels: {}, aggregate: 'sum', help: 'Orders that are open.' },
});

@Injectable()
class Orders {
  constructor(
    @InjectMetrics() readonly metrics: MetricsRegistry<typeof catalogue>,
    @InjectAlerts() readonly alerts: Alerts,
  ) {}

  open(count: number): void {
    this.metrics.gauge('orders_open').set(count);
  }
}

describe('MetricsModule', () => {
  it('records for any provider, and evaluates thresholds from start to shutdown', async () => {
    const clock = new FakeClock();
    const heard: AlertEvent[] = [];
    const module = await Test.createTestingModule({
      imports: [
        MetricsModule.forRoot({
          clock,
          catalogue,
          thresholds: [{ id: 'many', metric: 'orders_open', statistic: 'latest', warning: 10, forSeconds: 0 }],
          channels: [{ name: 'test', notify: async (event) => void heard.push(event) }],
          evaluateEveryMs: 5_000,
        }),
      ],
      providers: [Orders],
    }).compile();
    await module.init();
    const orders = module.get(Orders);
    orders.open(11);
    await clock.advance(4_999);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toMatchObject([{ kind: 'raised', alert: { thresholdId: 'many', value: 11 } }]);
    orders.open(2);
    await clock.advance(5_000);
    expect(heard.map(({ kind }) => kind)).toEqual(['raised', 'resolved']);
    await module.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('has the metrics and thresholds of Postrider by default', async () => {
    const clock = new FakeClock();
    const module = await Test.createTestingModule({ imports: [MetricsModule.forRoot({ clock })] }).compile();
    expect(
      module
        .get<MetricsRegistry>(METRICS)
        .collect()
        .map(({ name }) => name),
    ).toContain('webhook_queue_size');
    expect(
      module
        .get<Alerts>(ALERTS)
        .thresholds()
        .map(({ id }) => id),
    ).toContain('failure_rate');
    await module.close();
  });
});
