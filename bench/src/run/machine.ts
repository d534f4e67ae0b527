import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { askPostgres } from '../systems/databases.ts';

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  /** Its version, what its settings promise of a commit, and whether it cleans up: without that long runs only get slower. */
  readonly postgres: string;
  /** Load of the last minute before the run began: what else was going on. */
  readonly loadAverage: number;
}

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    kernel: `${process.platform} ${release()}`,
    node: process.version,
    postgres: await describePostgres(),
    loadAverage: loadavg()[0] ?? Number.NaN,
  };
}

/** The commit that is measured; `-dirty` when files differ from it. */
export function describeCommit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

async function describePostgres(): Promise<string> {
  try {
    const show = (setting: string) => askPostgres(`SHOW ${setting}`);
    const settings = ['fsync', 'synchronous_commit', 'shared_buffers', 'autovacuum'];
    const values = await Promise.all(settings.map(async (setting) => `${setting}=${await show(setting)}`));
    return `${await show('server_version')}, ${values.join(', ')}`;
  } catch {
    return 'absent';
  }
}
