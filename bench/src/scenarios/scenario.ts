import type { ScenarioContext } from '../run/context.ts';

/** A column of the table of a scenario. */
export interface Column {
  readonly metric: string;
  readonly label: string;
  /** Digits after the point. Default: 0. */
  readonly digits?: number | undefined;
  /** Shows the ratio to the row of this name as well. */
  readonly ratioTo?: string | undefined;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** What is done and what it is for, in a sentence or two for the report. */
  readonly about: string;
  /** The first one is drawn in the report. */
  readonly columns: readonly Column[];
  run(context: ScenarioContext): Promise<void>;
}

/** The columns of what publishes and delivers. */
export const throughputColumns: readonly Column[] = [
  { metric: 'deliveriesPerSecond', label: 'deliveries/s' },
  { metric: 'publishP50Ms', label: '202 p50 ms', digits: 1 },
  { metric: 'publishP99Ms', label: '202 p99 ms', digits: 1 },
  { metric: 'arrivalP50Ms', label: 'arrival p50 ms', digits: 1 },
  { metric: 'arrivalP99Ms', label: 'arrival p99 ms', digits: 1 },
  { metric: 'nodeCpuUs', label: 'node CPU µs' },
  { metric: 'databaseCpuUs', label: 'database CPU µs' },
  { metric: 'residentMb', label: 'RSS MB' },
  { metric: 'duplicates', label: 'duplicates' },
  { metric: 'lost', label: 'lost' },
];
