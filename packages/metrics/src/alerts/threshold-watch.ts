import type { AlertEvent } from '../ports/alert-channel.js';
import type { MetricsReader } from '../ports/metrics-reader.js';
import type { Alert, AlertSeverity } from './alert.js';
import { measure, type Threshold } from './threshold.js';

const severities: readonly AlertSeverity[] = ['warning', 'critical'];

/** Now, on both clocks: durations from the monotonic one, which no time server moves. */
export interface Moment {
  readonly at: Date;
  readonly monotonicMs: number;
}

/**
 * Watches one threshold.
 *
 * - Quiet: no alert. For each level it is known since when it has been exceeded without a pause. When that is
 *   `forSeconds` ago, an alert is raised with the worst such severity.
 * - Alerting: there is exactly one alert. It escalates once when the critical level has been exceeded for
 *   `forSeconds`, and resolves as soon as the value is back behind the mildest level by the hysteresis, when there is no
 *   data any more, or when `onlyWhile` no longer holds. Then it is quiet again.
 */
export class ThresholdWatch {
  threshold: Threshold;
  readonly #exceededSinceMs = new Map<AlertSeverity, number>();
  #alert: Alert | undefined;
  #raised = 0;

  constructor(threshold: Threshold) {
    this.threshold = threshold;
  }

  /** The alert that lasts. */
  get alert(): Alert | undefined {
    return this.#alert;
  }

  /** Looks once; at most one thing can have happened. */
  evaluate(reader: MetricsReader, now: Moment): AlertEvent | undefined {
    const value = this.#applies(reader) ? measure(reader, this.threshold) : undefined;
    this.#noteExceeded(value, now);
    const severity = this.#dueSeverity(now);
    if (this.#alert === undefined) {
      return severity && value !== undefined ? this.#raise({ severity, value, now }) : undefined;
    }
    if (this.#hasRecovered(value)) return this.resolve(now);
    if (severity !== 'critical' || this.#alert.severity === 'critical' || value === undefined) return undefined;
    this.#alert = { ...this.#alert, ...this.#describe(severity, value) };
    return { kind: 'escalated', alert: this.#alert };
  }

  /** Ends the alert, if there is one. */
  resolve(now: Moment): AlertEvent | undefined {
    if (this.#alert === undefined) return undefined;
    const alert = { ...this.#alert, resolvedAt: now.at };
    this.#alert = undefined;
    return { kind: 'resolved', alert };
  }

  #raise({ severity, value, now }: { severity: AlertSeverity; value: number; now: Moment }): AlertEvent {
    const { id, metric } = this.threshold;
    this.#raised += 1;
    this.#alert = {
      id: `${id}-${String(now.at.getTime())}-${String(this.#raised)}`,
      thresholdId: id,
      metric,
      raisedAt: now.at,
      ...this.#describe(severity, value),
    };
    return { kind: 'raised', alert: this.#alert };
  }

  #describe(severity: AlertSeverity, value: number): Pick<Alert, 'severity' | 'level' | 'value' | 'message'> {
    const { metric, statistic, comparison, windowSeconds } = this.threshold;
    const level = this.threshold[severity] ?? value;
    const rounded = Number(value.toPrecision(4));
    const message = `${statistic} of ${metric} over ${String(windowSeconds)} s is ${String(rounded)}, ${comparison} ${String(level)}`;
    return { severity, level, value, message };
  }

  #applies(reader: MetricsReader): boolean {
    const { onlyWhile, windowSeconds } = this.threshold;
    if (onlyWhile === undefined) return true;
    const value = measure(reader, { ...onlyWhile, windowSeconds });
    return (
      value !== undefined && (onlyWhile.comparison === 'above' ? value > onlyWhile.level : value < onlyWhile.level)
    );
  }

  #noteExceeded(value: number | undefined, { monotonicMs }: Moment): void {
    for (const severity of severities) {
      if (!this.#exceeds(value, severity)) this.#exceededSinceMs.delete(severity);
      else if (!this.#exceededSinceMs.has(severity)) this.#exceededSinceMs.set(severity, monotonicMs);
    }
  }

  #exceeds(value: number | undefined, severity: AlertSeverity): boolean {
    const level = this.threshold[severity];
    if (level === undefined || value === undefined) return false;
    return this.threshold.comparison === 'above' ? value > level : value < level;
  }

  #dueSeverity({ monotonicMs }: Moment): AlertSeverity | undefined {
    return severities.findLast((severity) => {
      const sinceMs = this.#exceededSinceMs.get(severity);
      return sinceMs !== undefined && monotonicMs - sinceMs >= this.threshold.forSeconds * 1000;
    });
  }

  #hasRecovered(value: number | undefined): boolean {
    const { warning, critical, comparison, statistic, hysteresis } = this.threshold;
    const mildest = warning ?? critical;
    if (value === undefined || mildest === undefined) return true;
    const margin = Math.abs(mildest) * hysteresis;
    if (comparison === 'above') return value <= mildest - margin;
    // A share cannot exceed 1: behind a level near 1 there must be room to recover in.
    return value >= (statistic === 'share' ? Math.min(mildest + margin, (mildest + 1) / 2) : mildest + margin);
  }
}
