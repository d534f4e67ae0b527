import { coreError } from '@postrider/core';

/**
 * Which values a label may have; others are recorded as `other`. Either a closed list, or the first `limit` values
 * that are seen: a label thus never grows without end, whoever chooses its values.
 */
export type LabelRule = readonly string[] | OpenLabelRule;

/** A label whose values are not known in advance. */
export interface OpenLabelRule {
  /** How many values are told apart. */
  readonly limit: number;
  /** `false`: the time series add up over this label, to save memory. Default `true`. */
  readonly inTimeSeries?: boolean;
}

interface DefinitionBase {
  /** One sentence for people: what is counted or measured, and in which unit. */
  readonly help: string;
  readonly labels: Readonly<Record<string, LabelRule>>;
}

/** Something that only grows. */
export interface CounterDefinition extends DefinitionBase {
  readonly type: 'counter';
}

/** Something that goes up and down. */
export interface GaugeDefinition extends DefinitionBase {
  readonly type: 'gauge';
  /** How the values of several series become one number for the whole metric. */
  readonly aggregate: 'sum' | 'average' | 'max';
}

/** The distribution of something, such as durations. */
export interface HistogramDefinition extends DefinitionBase {
  readonly type: 'histogram';
  /** Upper bounds of the buckets, inclusive and ascending; one without a bound is added. */
  readonly buckets: readonly number[];
}

export type MetricDefinition = CounterDefinition | GaugeDefinition | HistogramDefinition;

/** Metrics by name. */
export type MetricCatalogue = Readonly<Record<string, MetricDefinition>>;

/** The names of the metrics of one type. */
export type MetricNames<C extends MetricCatalogue, T extends MetricDefinition['type']> = {
  [N in keyof C]: C[N]['type'] extends T ? N : never;
}[keyof C] &
  string;

/** The labels of a metric: each of them, with the values of its closed list or any text. */
export type LabelsOf<D extends MetricDefinition> = {
  readonly [L in keyof D['labels']]: D['labels'][L] extends readonly (infer V extends string)[] ? V : string;
};

/**
 * Declares metrics, keeping their names and label values as types. Throws `CONFIG_INVALID` for a name that Prometheus
 * would refuse, a label without values, or buckets that do not ascend.
 */
export function defineMetrics<const C extends MetricCatalogue>(catalogue: C): C {
  for (const [name, definition] of Object.entries(catalogue)) {
    const problem = findProblem(name, definition);
    if (problem === undefined) continue;
    throw coreError('CONFIG_INVALID', `Metric "${name}": ${problem}.`, { details: { name } });
  }
  return catalogue;
}

const metricName = /^[a-z][a-z0-9_]*$/;

function findProblem(name: string, definition: MetricDefinition): string | undefined {
  if (!metricName.test(name)) return 'its name must be lower case letters, digits and underscores';
  for (const [label, rule] of Object.entries(definition.labels)) {
    if (!metricName.test(label) || label === 'le') return `"${label}" cannot be the name of a label`;
    const limit = isClosed(rule) ? rule.length : rule.limit;
    const isBounded = Number.isInteger(limit) && limit >= 1;
    if (!isBounded) return `label "${label}" allows ${String(limit)} values; expected at least 1`;
  }
  if (definition.type !== 'histogram') return undefined;
  const { buckets } = definition;
  const ascends = buckets.every((bound, index) => Number.isFinite(bound) && bound > (buckets[index - 1] ?? -Infinity));
  return buckets.length > 0 && ascends ? undefined : 'its buckets must be finite and ascend';
}

/** Tells a closed list of values from an open label. */
export function isClosed(rule: LabelRule): rule is readonly string[] {
  return Array.isArray(rule);
}
