import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult, ScenarioResult } from '../run/results.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { median } from '../statistics.ts';
import { systems } from '../systems/systems.ts';
import { drawBars, type Bar } from './bar-chart.ts';
import { formatNumber, toTable } from './format-row.ts';
import { goals, judge, type Goal } from './goals.ts';

const folder = 'benchmarks';

/** Writes `benchmarks.md`, and beside it a folder with its drawings and all samples. */
export function writeReport(directory: string, run: RunResult): void {
  const images = join(directory, folder);
  rmSync(images, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  writeFileSync(join(images, 'results.json'), `${JSON.stringify(run, undefined, 1)}\n`);
  const sections = scenarios.flatMap((scenario) => {
    const result = run.scenarios[scenario.name];
    if (result === undefined) return [];
    const drawing = drawScenario(scenario, result);
    if (drawing !== undefined) writeFileSync(join(images, `${scenario.name}.svg`), drawing);
    return [describeScenario(scenario, { result, isDrawn: drawing !== undefined })];
  });
  const missing = scenarios.filter(({ name }) => run.scenarios[name] === undefined).map(({ title }) => title);
  const parts = [introduction(run), describeGoals(run), describeSystems(), ...sections];
  if (missing.length > 0) parts.push(`Not measured in this run: ${missing.join('; ')}.`);
  writeFileSync(join(directory, 'benchmarks.md'), `${parts.join('\n\n')}\n`);
}

function introduction({ startedAt, commit, scaleName, scale, machine }: RunResult): string {
  const facts = Object.entries({
    processor: `${machine.processor}, ${machine.cores} cores, shared by everything here`,
    memory: `${machine.memoryGb} GB`,
    system: machine.kernel,
    'Node.js': machine.node,
    PostgreSQL: machine.postgres,
    'load before': `${machine.loadAverage.toFixed(1)} (average of a minute)`,
  });
  return `# Benchmarks

Written by \`pnpm bench:full\`; measured on ${startedAt.slice(0, 10)} at commit \`${commit}\`, scale \`${scaleName}\`, ${scale.rounds} rounds. What the
scenarios do, and how to read the figures, is in [bench/README.md](../../bench/README.md); all samples are in
[results.json](${folder}/results.json).

Load generator, systems, databases and receiver share one machine. Systems were measured in turn, round after round;
tables show medians. **Compare ratios, not absolute figures**: those change with the machine and with what else it does.
What the time is spent on, and why some goals are missed, is in
[decision 0026](../adr/0026-where-the-time-of-a-message-goes.md).

${markdownTable(['machine', ''], facts)}`;
}

function describeGoals(run: RunResult): string {
  const rows = goals.map((goal) => {
    const { value, verdict } = judge(goal, run);
    const mark = { met: '✓ met', 'not met': '✗ **not met**', 'not measured': 'not measured' }[verdict];
    return [goal.name, formatBound(goal), value === undefined ? '' : `${round(value)} ${goal.unit}`, mark];
  });
  return `## Goals\n\n${markdownTable(['goal', 'bound', 'measured', 'verdict'], rows)}`;
}

/** One line per goal, for a terminal. */
export function listVerdicts(run: RunResult): readonly string[] {
  return goals.map((goal) => {
    const { value, verdict } = judge(goal, run);
    const measured = value === undefined ? '' : `: ${round(value)} ${goal.unit}`;
    return `${verdict.padEnd(12)}  ${goal.name} (${formatBound(goal)})${measured}`;
  });
}

function describeSystems(): string {
  const rows = systems.map(({ name, title, durability }) => [`\`${name}\``, title, durability]);
  return `## Systems\n\n${markdownTable(['name', 'what it is', 'what survives'], rows)}`;
}

function describeScenario(
  scenario: Scenario,
  { result, isDrawn }: { result: ScenarioResult; isDrawn: boolean },
): string {
  const { labels, rows } = toTable(scenario, result);
  const failures = Object.entries(result.failures).map(([row, failure]) => `**Failed:** ${row}: ${failure}`);
  const table = markdownTable(
    ['', ...labels],
    rows.map(({ name, cells }) => [name, ...cells]),
  );
  const image = isDrawn ? [`![${scenario.title}](${folder}/${scenario.name}.svg)`] : [];
  return [`## ${scenario.title}`, scenario.about, ...image, table, ...failures].join('\n\n');
}

function drawScenario({ title, columns }: Scenario, { rows }: ScenarioResult): string | undefined {
  const [column] = columns;
  if (column === undefined) return undefined;
  const bars = Object.entries(rows).flatMap(([label, samples]): readonly Bar[] => {
    const values = samples[column.metric] ?? [];
    if (values.length === 0) return [];
    const text = formatNumber(median(values), column.digits ?? 0);
    const spread = { value: median(values), least: Math.min(...values), largest: Math.max(...values) };
    return [{ label, ...spread, isOurs: /^(sqlite|postgres)/.test(label), text }];
  });
  return bars.length === 0 ? undefined : drawBars(`${title}: ${column.label}`, bars);
}

function markdownTable(labels: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  const ruler = labels.map((_, index) => (index === 0 ? '---' : '--:'));
  const isOfNumbers = rows.every((cells) => cells.slice(1).every((cell) => !/[a-z]{3}/.test(cell)));
  return [line(labels), line(isOfNumbers ? ruler : labels.map(() => '---')), ...rows.map(line)].join('\n');
}

function formatBound({ bound, unit }: Goal): string {
  return 'atLeast' in bound
    ? `≥ ${bound.atLeast} ${unit}`
    : `≤ ${formatNumber(bound.atMost, Number.isInteger(bound.atMost) ? 0 : 1)} ${unit}`;
}

function round(value: number): string {
  return formatNumber(value, Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0);
}
