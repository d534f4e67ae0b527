import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Timer } from '@postrider/core';
import type { Alerts } from '../alerts/alerts.js';
import type { MetricCatalogue } from '../catalogue/metric-definition.js';
import type { MetricsRegistry } from '../registry/metrics-registry.js';
import { ALERTS, METRICS } from './tokens.js';

/** When to evaluate, on which clock. */
export interface MetricsSchedule {
  readonly clock: Clock;
  readonly evaluateEveryMs: number;
}

/** Under which the module tells itself its schedule. */
export const METRICS_SCHEDULE = Symbol('postrider.nestjs.metrics-schedule');

/** Ends the steps of the time series and evaluates thresholds, from the start of the application to its shutdown. */
@Injectable()
export class MetricsLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #metrics: MetricsRegistry<MetricCatalogue>;
  readonly #alerts: Alerts;
  readonly #schedule: MetricsSchedule;
  #timer: Timer | undefined;

  constructor(
    @Inject(METRICS) metrics: MetricsRegistry<MetricCatalogue>,
    @Inject(ALERTS) alerts: Alerts,
    @Inject(METRICS_SCHEDULE) schedule: MetricsSchedule,
  ) {
    this.#metrics = metrics;
    this.#alerts = alerts;
    this.#schedule = schedule;
  }

  onApplicationBootstrap(): void {
    this.#metrics.start();
    this.#evaluateLater();
  }

  onApplicationShutdown(): void {
    this.#metrics.stop();
    this.#timer?.cancel();
  }

  #evaluateLater(): void {
    const { clock, evaluateEveryMs } = this.#schedule;
    this.#timer = clock.setTimeout(() => {
      void this.#alerts.evaluate();
      this.#evaluateLater();
    }, evaluateEveryMs);
    this.#timer.unref();
  }
}
