import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireService } from '@postrider/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The part of the file of results that is looked at. */
interface Results {
  readonly scenarios: Readonly<
    Record<
      string,
      {
        readonly rows: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
        readonly failures: Readonly<Record<string, string>>;
      }
    >
  >;
}

interface Finished {
  readonly exitCode: number | null;
  readonly output: string;
  readonly results: Results;
}

const postgres = requireService('postgres', import.meta.url);
const script = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));
/** The null storage and a second process are the same code once more. */
const embedded = ['sqlite', 'bare', 'bullmq', 'bullmq-fed'];
const onPostgres = ['postgres', 'pg-boss', 'graphile-worker'];
/** What is different on PostgreSQL; the others run on SQLite, which starts sooner. */
const scenariosOnPostgres = ['end-to-end', 'drain', 'growth'];

describe.skipIf(!postgres.available)('the benchmarks, at their smallest', () => {
  let directory = '';
  let runs: readonly Finished[] = [];
  const rowsOf = (scenario: string) =>
    Object.assign({}, ...runs.map(({ results }) => results.scenarios[scenario]?.rows ?? {})) as Record<string, object>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'postrider-bench-test-'));
    runs = await Promise.all([
      runBenchmarks(join(directory, 'embedded.json'), [`--systems=${embedded.join(',')}`, `--report=${directory}`]),
      runBenchmarks(join(directory, 'postgres.json'), [
        `--systems=${onPostgres.join(',')}`,
        `--only=${scenariosOnPostgres.join(',')}`,
      ]),
    ]);
  }, 300_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('run through', () => {
    const failures = runs.flatMap(({ results }) =>
      Object.values(results.scenarios).map((scenario) => scenario.failures),
    );
    expect(Object.assign({}, ...failures)).toEqual({});
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  it('measure every system that can run here, and lose nothing', () => {
    const left = runs.flatMap(({ output }) => /Left out, because [^:]+: (.*)/.exec(output)?.[1]?.split(', ') ?? []);
    const absent = new Set(left);
    const wanted = [...embedded, ...onPostgres].filter((name) => !absent.has(name));
    const rows = rowsOf('end-to-end');
    expect(Object.keys(rows).toSorted()).toEqual(wanted.toSorted());
    for (const samples of Object.values(rows)) expect(samples).toMatchObject({ lost: [0], duplicates: [0] });
  });

  it('record every scenario, each with figures in each of its rows', () => {
    const [first] = runs;
    const names = Object.keys(first?.results.scenarios ?? {});
    expect(names).toContain('overload');
    for (const name of names) {
      const rows = rowsOf(name);
      const figures = Object.values(rows).map((samples) => Object.values(samples).flat().length);
      // Of the scenario by its name, so that a failure says which.
      expect({ name, rows: figures.length > 0, hasFigures: figures.every((count) => count > 0) }).toEqual({
        name,
        rows: true,
        hasFigures: true,
      });
    }
  });

  it('write a report with a drawing of every scenario and a verdict on every goal', async () => {
    const report = await readFile(join(directory, 'benchmarks.md'), 'utf8');
    const drawings = [...report.matchAll(/]\((benchmarks\/[\w-]+\.svg)\)/g)].map(([, path]) => path!);
    expect(drawings).toHaveLength(Object.keys(runs[0]?.results.scenarios ?? {}).length);
    for (const path of drawings) expect(await readFile(join(directory, path), 'utf8')).toMatch(/^<svg[^]*<\/svg>\n$/);
    // Some are met or not even here, and those that need millions of rows say so.
    expect(report).toContain('| Cold start to ready on SQLite | ≤ 2 000 ms |');
    expect(report).toMatch(/\| Claim and append with 5 M rows [^|]*\|[^|]*\| {2}\| not measured \|/);
    expect(report).toContain('| Accepted and lost, in all scenarios | ≤ 0 deliveries | 0 deliveries | ✓ met |');
  });

  it('lose nothing that was accepted while overloaded', () => {
    expect(rowsOf('overload')).toMatchObject({ sqlite: { lost: [0] } });
  });
});

async function runBenchmarks(file: string, options: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [script, '--scale=smoke', `--output=${file}`, ...options], {
    env: { ...process.env, POSTRIDER_TEST_POSTGRES_URL: postgres.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { exitCode, output, results: JSON.parse(await readFile(file, 'utf8')) as Results };
}
