import type { Samples, ScenarioResult } from '../run/results.ts';
import type { Column, Scenario } from '../scenarios/scenario.ts';
import { median } from '../statistics.ts';

/** A table of a scenario: the label of each column and the text of each cell. */
export interface Table {
  readonly labels: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** Medians of all rounds; the first column also with its least and its largest value, and its ratio. */
export function toTable({ columns }: Scenario, { rows }: ScenarioResult): Table {
  const used = columns.filter(({ metric }) => Object.values(rows).some((samples) => has(samples, metric)));
  const labels = used.flatMap((column, index) => [
    column.label,
    ...(index === 0 ? ['min–max'] : []),
    ...(column.ratioTo === undefined ? [] : [`÷ ${column.ratioTo}`]),
  ]);
  return {
    labels,
    rows: Object.entries(rows).map(([name, samples]) => ({
      name,
      cells: used.flatMap((column, index) => toCells(samples, { column, isFirst: index === 0, rows })),
    })),
  };
}

function toCells(
  samples: Samples,
  { column, isFirst, rows }: { column: Column; isFirst: boolean; rows: ScenarioResult['rows'] },
): readonly string[] {
  const { metric, digits = 0, ratioTo } = column;
  const values = samples[metric] ?? [];
  const format = (value: number) => formatNumber(value, digits);
  const base = ratioTo === undefined ? undefined : rows[ratioTo]?.[metric];
  const isEmpty = values.length === 0;
  return [
    isEmpty ? '' : format(median(values)),
    ...(isFirst ? [isEmpty ? '' : `${format(Math.min(...values))}–${format(Math.max(...values))}`] : []),
    ...(ratioTo === undefined ? [] : [base && !isEmpty ? (median(values) / median(base)).toFixed(2) : '']),
  ];
}

/** With a thin space between thousands, as in `12 345`. */
export function formatNumber(value: number, digits: number): string {
  return value
    .toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
    .replaceAll(',', ' ');
}

function has(samples: Samples, metric: string): boolean {
  return (samples[metric] ?? []).length > 0;
}
