import { coreError } from '@postrider/core';
import { isClosed, type MetricDefinition } from '../catalogue/metric-definition.js';
import type { MetricSnapshot } from '../ports/metrics-reader.js';
import type { StepSum, Track } from '../series/track.js';
import { LabelBounds } from './label-bounds.js';
import type { MetricKind, Series } from './metric-kind.js';

type Labels = Readonly<Record<string, string>>;

/** Where in time a reader looks: the steps from `fromStep` to the open one. */
export interface StepRange {
  readonly fromStep: number;
  readonly openStep: number;
}

/** What a reader needs of a metric, whatever its type. */
export interface ReadableFamily {
  close(params: { readonly openStep: number; readonly nextStep: number }): void;
  snapshot(): MetricSnapshot;
  /** One sum per step, oldest first, of the series with these labels. */
  steps(labels: Labels | undefined, range: StepRange): readonly StepSum[];
  average(sum: StepSum, seconds: number): number | undefined;
  latest(labels: Labels | undefined, count: number): number | undefined;
}

/** One metric: its series by label values, and their past. */
export class MetricFamily<S extends Series> implements ReadableFamily {
  readonly #name: string;
  readonly #definition: MetricDefinition;
  readonly #kind: MetricKind<S>;
  readonly #capacitySteps: number;
  readonly #bounds: LabelBounds;
  readonly #series = new Map<string, S>();
  readonly #tracks = new Map<string, { readonly labels: Labels; readonly track: Track<S> }>();

  constructor(params: {
    readonly name: string;
    readonly definition: MetricDefinition;
    readonly kind: MetricKind<S>;
    readonly capacitySteps: number;
  }) {
    this.#name = params.name;
    this.#definition = params.definition;
    this.#kind = params.kind;
    this.#capacitySteps = params.capacitySteps;
    this.#bounds = new LabelBounds(params.definition.labels);
  }

  /** The series with these labels; the same one each time. */
  get(labels: Labels = {}): S {
    const values = this.#bounds.toValues(labels);
    const key = values.join('\n');
    const found = this.#series.get(key);
    if (found !== undefined) return found;
    const allowed = Object.fromEntries(this.#bounds.names.map((name, index) => [name, values[index] ?? '']));
    const series = this.#kind.createSeries(allowed);
    this.#series.set(key, series);
    this.#trackFor(allowed).members.push(series);
    return series;
  }

  close(params: { readonly openStep: number; readonly nextStep: number }): void {
    for (const { track } of this.#tracks.values()) track.close(params);
  }

  snapshot(): MetricSnapshot {
    const { type, help } = this.#definition;
    const series = [...this.#series.values()].flatMap((one) => one.snapshot() ?? []);
    return { name: this.#name, type, help, labelNames: this.#bounds.names, series };
  }

  steps(labels: Labels | undefined, { fromStep, openStep }: StepRange): readonly StepSum[] {
    const tracks = this.#matching(labels);
    const sums: StepSum[] = [];
    for (let step = fromStep; step < openStep; step += 1) {
      sums.push(this.#kind.combine(tracks.map((track) => track.at(step))));
    }
    return [...sums, this.#kind.combine(tracks.map((track) => track.open()))];
  }

  average(sum: StepSum, seconds: number): number | undefined {
    return this.#kind.average(sum, seconds);
  }

  latest(labels: Labels | undefined, count: number): number | undefined {
    return this.#kind.latest(
      this.#matching(labels).flatMap(({ members }) => members),
      count,
    );
  }

  #trackFor(labels: Labels): Track<S> {
    const kept = Object.fromEntries(Object.entries(labels).filter(([name]) => this.#isTracked(name)));
    const key = Object.values(kept).join('\n');
    const found = this.#tracks.get(key);
    if (found !== undefined) return found.track;
    const track = this.#kind.createTrack(this.#capacitySteps);
    this.#tracks.set(key, { labels: kept, track });
    return track;
  }

  #isTracked(label: string): boolean {
    const rule = this.#definition.labels[label];
    return rule !== undefined && (isClosed(rule) || rule.inTimeSeries !== false);
  }

  #matching(wanted: Labels = {}): readonly Track<S>[] {
    const unknown = Object.keys(wanted).find((label) => !this.#isTracked(label));
    if (unknown !== undefined) {
      const known = this.#bounds.names.filter((label) => this.#isTracked(label)).join(', ') || 'none';
      const message = `The time series of ${this.#name} have no label "${unknown}"; those they have: ${known}.`;
      throw coreError('VALIDATION_FAILED', message, { details: { label: unknown } });
    }
    return [...this.#tracks.values()]
      .filter(({ labels }) => Object.entries(wanted).every(([label, value]) => labels[label] === value))
      .map(({ track }) => track);
  }
}
