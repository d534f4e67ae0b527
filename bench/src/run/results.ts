import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Machine } from './machine.ts';
import type { Scale } from './scale.ts';

/** The samples of one row of a scenario, by metric: one number per round. */
export type Samples = Readonly<Record<string, readonly number[]>>;

export interface ScenarioResult {
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly tookSeconds: number;
  /** Samples by row; a row is a system, or a system and what it was given. */
  readonly rows: Readonly<Record<string, Samples>>;
  /** What went wrong, by row; `scenario` for all of it. */
  readonly failures: Readonly<Record<string, string>>;
}

/** One run of the benchmarks, written after every scenario. */
export interface RunResult {
  readonly startedAt: string;
  readonly commit: string;
  readonly scaleName: string;
  readonly scale: Scale;
  readonly machine: Machine;
  readonly scenarios: Readonly<Record<string, ScenarioResult>>;
}

export function loadRun(file: string): RunResult | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunResult) : undefined;
}

/** Writes beside the file first, so that a run that is cut off leaves the last good one. */
export function saveRun(file: string, run: RunResult): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(run, undefined, 1)}\n`);
  renameSync(`${file}.new`, file);
}
