import { coreError, type Clock, type Timer } from '@postrider/core';
import type { MetricCatalogue, MetricDefinition, MetricNames } from '../catalogue/metric-definition.js';
import { webhookMetrics, type WebhookMetrics } from '../catalogue/webhook-metrics.js';
import type { Counter, Gauge, Histogram, LabelArguments, Metrics } from '../ports/metrics.js';
import type {
  MetricSnapshot,
  MetricsReader,
  SeriesPoint,
  WindowQuery,
  WindowStatistics,
} from '../ports/metrics-reader.js';
import { stepMs, toCapacitySteps } from '../series/memory-bound.js';
import type { CounterSeries, GaugeSeries, HistogramSeries } from './instruments.js';
import { MetricFamily, type ReadableFamily, type StepRange } from './metric-family.js';
import { counterKind, gaugeKind, histogramKind } from './metric-kind.js';

/** Metrics that are kept in this process. */
export interface MetricsRegistry<C extends MetricCatalogue = WebhookMetrics> extends Metrics<C>, MetricsReader {
  /**
   * Ends a step every 10 s, until `stop`. Without it steps end only when somebody reads, and what was recorded since
   * counts as having happened in the last step. No effect when started already. Does not keep the process alive.
   */
  start(): void;
  /** Ends the timer. Recording and reading go on working. Safe to call twice. */
  stop(): void;
}

/** Options of `createMetrics`. */
export interface MetricsOptions<C extends MetricCatalogue> {
  readonly clock: Clock;
  /** The metrics that exist. */
  readonly catalogue: C;
  /** How far windows can reach back. Default 24; above 0, at most 744 (31 days). */
  readonly retentionHours?: number | undefined;
}

const defaultRetentionHours = 24;
const maxRetentionHours = 744;

/** Keeps the metrics of Postrider in memory. Throws `CONFIG_INVALID` for a retention out of range. */
export function createMetrics(options: Omit<MetricsOptions<WebhookMetrics>, 'catalogue'>): MetricsRegistry {
  return createMetricsFor({ ...options, catalogue: webhookMetrics });
}

/** As `createMetrics`, for a catalogue of your own: see `defineMetrics`. */
export function createMetricsFor<C extends MetricCatalogue>(options: MetricsOptions<C>): MetricsRegistry<C> {
  return new InProcessMetrics(options);
}

class InProcessMetrics<C extends MetricCatalogue> implements MetricsRegistry<C> {
  readonly #clock: Clock;
  readonly #retentionHours: number;
  readonly #createdMs: number;
  /** In the order of the catalogue; the maps below hold the same families by type. */
  readonly #families = new Map<string, ReadableFamily>();
  readonly #counters = new Map<string, MetricFamily<CounterSeries>>();
  readonly #gauges = new Map<string, MetricFamily<GaugeSeries>>();
  readonly #histograms = new Map<string, MetricFamily<HistogramSeries>>();
  readonly #order = { last: 0 };
  #openStep = 0;
  #timer: Timer | undefined;

  constructor({ clock, catalogue, retentionHours = defaultRetentionHours }: MetricsOptions<C>) {
    if (!(retentionHours > 0 && retentionHours <= maxRetentionHours)) {
      const message = `Metrics: retentionHours is ${String(retentionHours)}; expected above 0 and at most ${String(maxRetentionHours)}.`;
      throw coreError('CONFIG_INVALID', message, { details: { option: 'retentionHours' } });
    }
    this.#clock = clock;
    this.#retentionHours = retentionHours;
    this.#createdMs = clock.monotonicMs();
    for (const [name, definition] of Object.entries(catalogue)) {
      this.#families.set(name, this.#createFamily(name, definition));
    }
  }

  counter<N extends MetricNames<C, 'counter'>>(name: N, ...[labels]: LabelArguments<C[N]>): Counter {
    return demand(this.#counters, { name, type: 'counter' }).get(labels);
  }

  gauge<N extends MetricNames<C, 'gauge'>>(name: N, ...[labels]: LabelArguments<C[N]>): Gauge {
    return demand(this.#gauges, { name, type: 'gauge' }).get(labels);
  }

  histogram<N extends MetricNames<C, 'histogram'>>(name: N, ...[labels]: LabelArguments<C[N]>): Histogram {
    return demand(this.#histograms, { name, type: 'histogram' }).get(labels);
  }

  start(): void {
    this.#timer ??= this.#scheduleNextStep();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  collect(): readonly MetricSnapshot[] {
    return [...this.#families.values()].map((family) => family.snapshot());
  }

  window(query: WindowQuery): WindowStatistics {
    const { family, range, steps } = this.#look(query);
    let count = 0;
    let sum = 0;
    for (const step of steps) {
      count += step.count;
      sum += step.sum;
    }
    const seconds = (this.#ageMs() - range.fromStep * stepMs) / 1000;
    return {
      count,
      average: family.average({ count, sum }, seconds),
      latest: family.latest(query.labels, count),
    };
  }

  series(query: WindowQuery): readonly SeriesPoint[] {
    const { family, range, steps } = this.#look(query);
    const nowMs = this.#clock.nowMs();
    const ageMs = this.#ageMs();
    return steps.map((sum, index) => {
      const stepAgeMs = ageMs - (range.fromStep + index) * stepMs;
      const seconds = Math.min(stepMs, stepAgeMs) / 1000;
      return { startedAt: new Date(nowMs - stepAgeMs), count: sum.count, average: family.average(sum, seconds) };
    });
  }

  #look(query: WindowQuery) {
    const family = demand(this.#families, { name: query.metric, type: 'metric' });
    const { windowSeconds } = query;
    const longest = this.#retentionHours * 3600;
    if (!(windowSeconds > 0 && windowSeconds <= longest)) {
      const message = `windowSeconds is ${String(windowSeconds)}; expected above 0 and at most ${String(longest)}.`;
      throw coreError('VALIDATION_FAILED', message, { details: { field: 'windowSeconds' } });
    }
    this.#endSteps();
    const fromStep = Math.max(0, this.#openStep - Math.ceil((windowSeconds * 1000) / stepMs));
    const range: StepRange = { fromStep, openStep: this.#openStep };
    return { family, range, steps: family.steps(query.labels, range) };
  }

  #ageMs(): number {
    return this.#clock.monotonicMs() - this.#createdMs;
  }

  /** Brings the open step up to now. */
  #endSteps(): void {
    const nextStep = Math.floor(this.#ageMs() / stepMs);
    if (nextStep <= this.#openStep) return;
    for (const family of this.#families.values()) family.close({ openStep: this.#openStep, nextStep });
    this.#openStep = nextStep;
  }

  #scheduleNextStep(): Timer {
    const ageMs = this.#ageMs();
    const delayMs = (Math.floor(ageMs / stepMs) + 1) * stepMs - ageMs;
    const timer = this.#clock.setTimeout(() => {
      this.#endSteps();
      this.#timer = this.#scheduleNextStep();
    }, delayMs);
    timer.unref();
    return timer;
  }

  #createFamily(name: string, definition: MetricDefinition): ReadableFamily {
    const common = { name, capacitySteps: toCapacitySteps(this.#retentionHours) };
    switch (definition.type) {
      case 'counter':
        return keep(this.#counters, name, new MetricFamily({ ...common, definition, kind: counterKind() }));
      case 'gauge':
        return keep(this.#gauges, name, new MetricFamily({ ...common, definition, kind: gaugeKind(definition) }));
      case 'histogram': {
        const kind = histogramKind(definition, this.#order);
        return keep(this.#histograms, name, new MetricFamily({ ...common, definition, kind }));
      }
    }
  }
}

function keep<F>(families: Map<string, F>, name: string, family: F): F {
  families.set(name, family);
  return family;
}

function demand<T>(
  families: ReadonlyMap<string, T>,
  { name, type }: { readonly name: string; readonly type: string },
): T {
  const family = families.get(name);
  if (family !== undefined) return family;
  const message = `There is no ${type} "${name}"; expected one of the catalogue: ${[...families.keys()].join(', ')}.`;
  throw coreError('VALIDATION_FAILED', message, { details: { metric: name } });
}
