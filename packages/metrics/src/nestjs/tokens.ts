import { Inject } from '@nestjs/common';

type Injection = ParameterDecorator & PropertyDecorator;

/** Under which Nest knows the `MetricsRegistry` of the `MetricsModule`: for recording and for reading. */
export const METRICS: unique symbol = Symbol.for('postrider.nestjs.metrics') as never;

/** Under which Nest knows the `Alerts` of the `MetricsModule`. */
export const ALERTS: unique symbol = Symbol.for('postrider.nestjs.alerts') as never;

/** Injects what records and reads: `constructor(@InjectMetrics() metrics: MetricsRegistry)`. */
export const InjectMetrics = (): Injection => Inject(METRICS);

/** Injects thresholds and alerts: `constructor(@InjectAlerts() alerts: Alerts)`. */
export const InjectAlerts = (): Injection => Inject(ALERTS);
