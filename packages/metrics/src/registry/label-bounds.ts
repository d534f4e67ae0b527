import { isClosed, type LabelRule } from '../catalogue/metric-definition.js';

/** What values beyond the bounds are recorded as. */
const otherValue = 'other';

/** Keeps the values of the labels of one metric within their rules. */
export class LabelBounds {
  readonly names: readonly string[];
  readonly #rules: readonly { readonly known: Set<string>; readonly limit: number }[];

  constructor(labels: Readonly<Record<string, LabelRule>>) {
    this.names = Object.keys(labels);
    this.#rules = Object.values(labels).map((rule) =>
      isClosed(rule) ? { known: new Set(rule), limit: rule.length } : { known: new Set(), limit: rule.limit },
    );
  }

  /** The allowed values, in the order of the names. A new value of an open label is admitted while there is room. */
  toValues(labels: Readonly<Record<string, string>>): readonly string[] {
    return this.#rules.map(({ known, limit }, index) => {
      const value = labels[this.names[index] ?? ''] ?? otherValue;
      if (known.has(value)) return value;
      if (known.size >= limit) return otherValue;
      known.add(value);
      return value;
    });
  }
}
