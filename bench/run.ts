/**
 * The benchmarks: see README.md for the scenarios and for how to read the figures.
 *
 *   pnpm bench                            every scenario, small
 *   pnpm bench --only=end-to-end,drain --systems=sqlite,null --rounds=9 --messages=20000
 *   pnpm bench --base-url=http://127.0.0.1:8071 --token=… --systems=external,null   any server of the same contract
 *   pnpm bench:full                       the whole measurement; writes docs/reference/benchmarks.md
 *   pnpm bench:full --resume              goes on with one that was cut off, or with what failed in it
 */
import { parseArgs } from 'node:util';
import { listVerdicts, writeReport } from './src/report/write-report.ts';
import { describeCommit, describeMachine } from './src/run/machine.ts';
import { loadRun, type RunResult } from './src/run/results.ts';
import { runScenarios } from './src/run/run-scenarios.ts';
import { chooseScale, scaleOptions } from './src/run/scale.ts';
import { scenarios } from './src/scenarios/scenarios.ts';
import { external } from './src/systems/external.ts';
import { systems } from './src/systems/systems.ts';

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'quick' },
    only: { type: 'string' },
    systems: { type: 'string' },
    resume: { type: 'boolean', default: false },
    output: { type: 'string' },
    report: { type: 'string' },
    'base-url': { type: 'string' },
    token: { type: 'string' },
    ...scaleOptions,
  },
});
const known =
  values['base-url'] === undefined ? systems : [...systems, external(values['base-url'], values.token ?? '')];
const file = values.output ?? new URL(`results/${values.scale}.json`, import.meta.url).pathname;
const earlier = values.resume ? loadRun(file) : undefined;
const scaleName = earlier?.scaleName ?? values.scale;
const started: RunResult = earlier ?? {
  startedAt: new Date().toISOString(),
  commit: describeCommit(),
  scaleName,
  scale: chooseScale(scaleName, values),
  machine: await describeMachine(),
  scenarios: {},
};
const run = await runScenarios({
  run: started,
  scenarios: pick(scenarios, values.only, 'scenario'),
  systems: pick(known, values.systems, 'system'),
  file,
  keepSystems: scaleName === 'smoke',
});
const docs = new URL('../docs/reference', import.meta.url).pathname;
const report = values.report ?? (scaleName === 'full' ? docs : undefined);
if (report !== undefined) writeReport(report, run);
console.log(`\n${listVerdicts(run).join('\n')}\n\nWritten to ${report === undefined ? '' : `${report} and `}${file}.`);
const hasFailed = Object.values(run.scenarios).some(({ failures }) => Object.keys(failures).length > 0);
process.exitCode = hasFailed ? 1 : 0;

/** Those that the comma-separated names choose, or all. */
function pick<T extends { readonly name: string }>(
  all: readonly T[],
  names: string | undefined,
  what: string,
): readonly T[] {
  if (names === undefined) return all;
  const wanted = names.split(',');
  const unknown = wanted.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no ${what} ${unknown}; there are ${all.map(({ name }) => name).join(', ')}.`);
  }
  return all.filter(({ name }) => wanted.includes(name));
}
