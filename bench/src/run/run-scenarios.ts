import { connect } from 'node:net';
import { printScenario } from '../report/print.ts';
import { startReceiver } from '../receiver/receiver.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { adminUrl } from '../systems/databases.ts';
import { hasRedis } from '../systems/redis.ts';
import type { System } from '../systems/system.ts';
import type { ScenarioContext } from './context.ts';
import { createPool } from './pool.ts';
import { Recording } from './recording.ts';
import { saveRun, type RunResult, type ScenarioResult } from './results.ts';

export interface RunOptions {
  /** What there is already; scenarios that it has without failures are not run again. */
  readonly run: RunResult;
  readonly scenarios: readonly Scenario[];
  readonly systems: readonly System[];
  /** Written after every scenario. */
  readonly file: string;
  /** Whether systems serve all scenarios; see `SystemPool`. */
  readonly keepSystems: boolean;
}

/** Runs the scenarios one after the other, prints each when it is over, and returns all there is then. */
export async function runScenarios(options: RunOptions): Promise<RunResult> {
  const systems = await withoutAbsent(options.systems);
  const pool = createPool({ keep: options.keepSystems });
  const results: Record<string, ScenarioResult> = { ...options.run.scenarios };
  const run = { ...options.run, scenarios: results };
  try {
    for (const scenario of options.scenarios) {
      const done = results[scenario.name];
      if (done !== undefined && Object.keys(done.failures).length === 0) continue;
      const result = await runScenario(scenario, { run, systems, start: (system) => pool.start(system) });
      await pool.endScenario();
      results[scenario.name] = result;
      saveRun(options.file, run);
      printScenario(scenario, result);
    }
  } finally {
    await pool.stop();
  }
  return run;
}

async function runScenario(
  scenario: Scenario,
  given: { run: RunResult; systems: readonly System[]; start: ScenarioContext['start'] },
): Promise<ScenarioResult> {
  const recording = new Recording();
  const receiver = await startReceiver();
  try {
    await scenario.run({
      scale: given.run.scale,
      run: given.run,
      receiver,
      choose: (names) => given.systems.filter(({ name }) => names.includes(name)),
      start: given.start,
      record: (row, measurement) => recording.record(row, measurement),
      fail: (row, error) => recording.fail(row, error),
    });
  } catch (error) {
    recording.fail('scenario', error);
  } finally {
    receiver.stop();
  }
  return recording.finish();
}

/** Those whose database is there; the others are named. */
async function withoutAbsent(systems: readonly System[]): Promise<readonly System[]> {
  const found = { postgres: await answers(adminUrl), redis: hasRedis() };
  const canRun = ({ needs }: System): boolean => needs === undefined || found[needs];
  const absent = systems.filter((system) => !canRun(system)).map(({ name }) => name);
  if (absent.length > 0) {
    console.log(`Left out, because their database does not answer or is not installed: ${absent.join(', ')}`);
  }
  return systems.filter(canRun);
}

async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || 5432 });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
