import type { GaugeDefinition } from '../catalogue/metric-definition.js';
import type { CounterSeries, GaugeSeries, HistogramSeries } from '../registry/instruments.js';
import { StepRing } from './step-ring.js';

/** What happened in a step: how often, and what it adds up to. For a gauge 1 and its value, or 0 and 0 without one. */
export interface StepSum {
  readonly count: number;
  readonly sum: number;
}

/** The past of one or more series that are kept as one. */
export interface Track<S> {
  readonly members: S[];
  /** Ends the step before `nextStep`. What was recorded since the last call belongs to it. */
  close(params: { readonly openStep: number; readonly nextStep: number }): void;
  /** A step that has ended. */
  at(step: number): StepSum;
  /** The step that has not. */
  open(): StepSum;
}

/** Counters: the increase in each step. */
export class CounterTrack implements Track<CounterSeries> {
  readonly members: CounterSeries[] = [];
  readonly #ring: StepRing;
  #closedTotal = 0;

  constructor(capacitySteps: number) {
    this.#ring = new StepRing({ capacitySteps, width: 1, empty: 0 });
  }

  close({ nextStep }: { readonly nextStep: number }): void {
    const { count } = this.open();
    if (count === 0) return;
    this.#ring.set(nextStep - 1, [count]);
    this.#closedTotal = this.#total();
  }

  at(step: number): StepSum {
    const count = this.#ring.get(step);
    return { count, sum: count };
  }

  open(): StepSum {
    const count = this.#total() - this.#closedTotal;
    return { count, sum: count };
  }

  #total(): number {
    return this.members.reduce((sum, member) => sum + member.total, 0);
  }
}

/** Histograms: the number and the sum of the observations in each step. */
export class HistogramTrack implements Track<HistogramSeries> {
  readonly members: HistogramSeries[] = [];
  readonly #ring: StepRing;
  #closedCount = 0;
  #closedSum = 0;

  constructor(capacitySteps: number) {
    this.#ring = new StepRing({ capacitySteps, width: 2, empty: 0 });
  }

  close({ nextStep }: { readonly nextStep: number }): void {
    const { count, sum } = this.open();
    if (count === 0) return;
    this.#ring.set(nextStep - 1, [count, sum]);
    this.#closedCount = total(this.members, 'count');
    this.#closedSum = total(this.members, 'sum');
  }

  at(step: number): StepSum {
    return { count: this.#ring.get(step, 0), sum: this.#ring.get(step, 1) };
  }

  open(): StepSum {
    return {
      count: total(this.members, 'count') - this.#closedCount,
      sum: total(this.members, 'sum') - this.#closedSum,
    };
  }
}

function total(members: readonly HistogramSeries[], field: 'count' | 'sum'): number {
  return members.reduce((sum, member) => sum + member[field], 0);
}

/** Gauges: the value at the end of each step. */
export class GaugeTrack implements Track<GaugeSeries> {
  readonly members: GaugeSeries[] = [];
  readonly #ring: StepRing;
  readonly #capacitySteps: number;
  readonly #aggregate: GaugeDefinition['aggregate'];

  constructor(capacitySteps: number, aggregate: GaugeDefinition['aggregate']) {
    this.#ring = new StepRing({ capacitySteps, width: 1, empty: Number.NaN });
    this.#capacitySteps = capacitySteps;
    this.#aggregate = aggregate;
  }

  close({ openStep, nextStep }: { readonly openStep: number; readonly nextStep: number }): void {
    const { count, sum } = this.open();
    if (count === 0) return;
    // A gauge keeps its value while nobody looks.
    for (let step = Math.max(openStep, nextStep - this.#capacitySteps); step < nextStep; step += 1) {
      this.#ring.set(step, [sum]);
    }
  }

  at(step: number): StepSum {
    const value = this.#ring.get(step);
    return Number.isNaN(value) ? { count: 0, sum: 0 } : { count: 1, sum: value };
  }

  open(): StepSum {
    const values = this.members.flatMap(({ value }) => (value === undefined ? [] : [value]));
    return aggregateGauges(values, this.#aggregate);
  }
}

/** Makes one value of several gauges. */
export function aggregateGauges(values: readonly number[], aggregate: GaugeDefinition['aggregate']): StepSum {
  if (values.length === 0) return { count: 0, sum: 0 };
  if (aggregate === 'max') return { count: 1, sum: values.reduce((most, value) => Math.max(most, value)) };
  const sum = values.reduce((before, value) => before + value, 0);
  return { count: 1, sum: aggregate === 'sum' ? sum : sum / values.length };
}
