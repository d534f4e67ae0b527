import type { ScenarioResult } from '../run/results.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { toTable } from './format-row.ts';

/** The scenario as a table for a terminal. */
export function printScenario(scenario: Scenario, result: ScenarioResult): void {
  const { labels, rows } = toTable(scenario, result);
  const lines = [['', ...labels], ...rows.map(({ name, cells }) => [name, ...cells])];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  console.log(`\n${scenario.title} (${result.tookSeconds.toFixed(0)} s)`);
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('  ')}`);
  }
  for (const [row, failure] of Object.entries(result.failures)) console.log(`  FAILED ${row}: ${failure}`);
}
