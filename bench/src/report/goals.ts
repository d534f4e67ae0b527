import type { RunResult } from '../run/results.ts';
import { median } from '../statistics.ts';

/** Something that performance must keep to, and where to read whether it does. */
export interface Goal {
  readonly name: string;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit: string;
  /** `undefined`: what it needs was not measured in this run, or on too small a scale. */
  readonly read: (run: RunResult) => number | undefined;
}

export type Verdict = 'met' | 'not met' | 'not measured';

const million = 1_000_000;

export const goals: readonly Goal[] = [
  ratioGoal('PostgreSQL ÷ null storage', { of: 'postgres', to: 'null', atLeast: 0.6 }),
  ratioGoal('SQLite ÷ null storage', { of: 'sqlite', to: 'null', atLeast: 0.7 }),
  ratioGoal('PostgreSQL ÷ BullMQ behind an HTTP ingest', { of: 'postgres', to: 'bullmq', atLeast: 2.5 }),
  ratioGoal('PostgreSQL ÷ BullMQ fed in process', { of: 'postgres', to: 'bullmq-fed', atLeast: 1.3 }),
  ratioGoal('PostgreSQL ÷ pg-boss behind an HTTP ingest', { of: 'postgres', to: 'pg-boss', atLeast: 7 }),
  ratioGoal('PostgreSQL ÷ graphile-worker behind one', { of: 'postgres', to: 'graphile-worker', atLeast: 9 }),
  {
    name: 'CPU per delivery, node and PostgreSQL',
    bound: { atMost: 260 },
    unit: 'µs',
    read: (run) => plus(read(run, 'end-to-end.postgres.nodeCpuUs'), read(run, 'end-to-end.postgres.databaseCpuUs')),
  },
  {
    name: 'Accept → received, p99 at half load (the slower of SQLite and PostgreSQL)',
    bound: { atMost: 20 },
    unit: 'ms',
    read: (run) => largest(run, ['sqlite', 'postgres'], (row) => `offered-rate.${row}.arrivalP99Ms`),
  },
  {
    name: 'Publish (202), p99 at half load (the slower of the two)',
    bound: { atMost: 15 },
    unit: 'ms',
    read: (run) => largest(run, ['sqlite', 'postgres'], (row) => `offered-rate.${row}.publishP99Ms`),
  },
  {
    name: 'Claim and append with 5 M rows ÷ with none (the worse of the two)',
    bound: { atMost: 1.2 },
    unit: '×',
    read: (run) => largest(run, ['sqlite', 'postgres'], (row) => `growth.${row}, ${5 * million} rows.ratio`),
  },
  {
    name: 'One dead endpoint with 1 M waiting rows: p99 of 200 healthy ones ÷ without it (the worse of the two)',
    bound: { atMost: 1.2 },
    unit: '×',
    read: (run) =>
      run.scale.isolationRows < million
        ? undefined
        : largest(run, ['sqlite', 'postgres'], (row) => `backlog-of-a-dead-endpoint.${row}.p99Ratio`),
  },
  hostileGoal('p99 of 20 healthy endpoints beside 200 hostile ones ÷ beside good ones', {
    metric: 'p99Ratio',
    atMost: 1.2,
    unit: '×',
  }),
  hostileGoal('Memory that 200 hostile endpoints cost in a minute', { metric: 'grownMb', atMost: 100, unit: 'MB' }),
  hostileGoal('Longest attempt at a hostile endpoint, of 500 ms allowed', {
    metric: 'longestAttemptMs',
    atMost: 1_000,
    unit: 'ms',
  }),
  {
    name: 'End to end with rollups ÷ without them (the worse of the two)',
    bound: { atLeast: 0.95 },
    unit: '×',
    read: (run) =>
      run.scale.rollupRounds < 5
        ? undefined
        : smallest(
            run,
            ['sqlite', 'postgres'],
            (row) => `rollup-cost.${row}, ${run.scale.applications} endpoints.ratio`,
          ),
  },
  {
    name: 'Report over 30 days of 10 M deliveries (the slowest)',
    bound: { atMost: 100 },
    unit: 'ms',
    read: (run) => slowestReport(run, 10 * million),
  },
  {
    name: 'The same of 100 M deliveries ÷ of 10 M',
    bound: { atMost: 1.2 },
    unit: '×',
    read: (run) => quotient(slowestReport(run, 100 * million), slowestReport(run, 10 * million)),
  },
  {
    name: 'Memory of an idle server',
    bound: { atMost: 150 },
    unit: 'MB',
    read: (run) => read(run, 'start.sqlite.idleMb'),
  },
  {
    name: 'Memory with 100 000 endpoints known (the larger of the two)',
    bound: { atMost: 400 },
    unit: 'MB',
    read: (run) =>
      run.scale.knownEndpoints < 100_000
        ? undefined
        : largest(run, ['sqlite', 'postgres'], (row) => `start.${row}.knownMb`),
  },
  {
    name: 'Memory after 60 s at full load ÷ after 30 s (the worse of the two)',
    bound: { atMost: 1.1 },
    unit: '×',
    read: (run) =>
      run.scale.soakSeconds < 60 ? undefined : largest(run, ['sqlite', 'postgres'], (row) => `memory.${row}.growth`),
  },
  {
    name: 'Cold start to ready on SQLite',
    bound: { atMost: 2_000 },
    unit: 'ms',
    read: (run) => read(run, 'start.sqlite.readyMs'),
  },
  partGoal('Cache hit over bare lru-cache', 'cache hit over bare lru-cache', 100),
  partGoal('Breaker', 'breaker', 300),
  partGoal('Rate limiter', 'limiter', 150),
  partGoal('Recording a metric', 'metric record', 1_000),
  partGoal('Egress check', 'egress check', 5_000),
  { name: 'Accepted and lost, in all scenarios', bound: { atMost: 0 }, unit: 'deliveries', read: countLost },
];

export function judge(
  { bound, read: readGoal }: Goal,
  run: RunResult,
): { value: number | undefined; verdict: Verdict } {
  const value = readGoal(run);
  if (value === undefined || Number.isNaN(value)) return { value: undefined, verdict: 'not measured' };
  const isMet = 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
  return { value, verdict: isMet ? 'met' : 'not met' };
}

function ratioGoal(name: string, { of, to, atLeast }: { of: string; to: string; atLeast: number }): Goal {
  const rate = (run: RunResult, row: string) => read(run, `end-to-end.${row}.deliveriesPerSecond`);
  return {
    name: `End to end on ${name}`,
    bound: { atLeast },
    unit: '×',
    read: (run) => quotient(rate(run, of), rate(run, to)),
  };
}

/** The worse of the two storages, where the rounds were long enough. */
function hostileGoal(
  name: string,
  { metric, atMost, unit }: { readonly metric: string; readonly atMost: number; readonly unit: string },
): Goal {
  return {
    name,
    bound: { atMost },
    unit,
    read: (run) =>
      run.scale.hostileSeconds < 60
        ? undefined
        : largest(run, ['sqlite', 'postgres'], (row) => `hostile-endpoints.${row}.${metric}`),
  };
}

function partGoal(name: string, row: string, atMost: number): Goal {
  return { name, bound: { atMost }, unit: 'ns', read: (run) => read(run, `parts.${row}.ns`) };
}

/** The median of a metric: `scenario.row.metric`; the row may have any other character in it. */
function read(run: RunResult, path: string): number | undefined {
  const parts = path.split('.');
  const [scenario = '', metric = ''] = [parts[0], parts.at(-1)];
  const row = parts.slice(1, -1).join('.');
  const samples = run.scenarios[scenario]?.rows[row]?.[metric];
  return samples === undefined || samples.length === 0 ? undefined : median(samples);
}

/** Of all the rows, or nothing when one is missing. */
function smallest(run: RunResult, rows: readonly string[], toPath: (row: string) => string): number | undefined {
  const values = rows.map((row) => read(run, toPath(row)));
  return values.includes(undefined) ? undefined : Math.min(...values.map(Number));
}

/** Of all the rows, or nothing when one is missing. */
function largest(run: RunResult, rows: readonly string[], toPath: (row: string) => string): number | undefined {
  const values = rows.map((row) => read(run, toPath(row)));
  return values.includes(undefined) ? undefined : Math.max(...values.map(Number));
}

function slowestReport(run: RunResult, deliveries: number): number | undefined {
  const rows = Object.entries(run.scenarios['reports']?.rows ?? {}).filter(([row]) =>
    row.includes(`, ${deliveries} deliveries`),
  );
  return rows.length === 0 ? undefined : Math.max(...rows.map(([, { tookMs = [] }]) => median(tookMs)));
}

function countLost(run: RunResult): number | undefined {
  const samples = Object.values(run.scenarios).flatMap(({ rows }) =>
    Object.values(rows).flatMap(({ lost = [] }) => lost),
  );
  return samples.length === 0 ? undefined : samples.reduce((sum, lost) => sum + lost, 0);
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}
