import type { DurationHistogram } from './duration-histogram.js';

/** The sums. Two rollups merge by adding (minimum and maximum apart), in any order. */
export interface RollupSums {
  /** Attempts with a known outcome. */
  readonly attempts: number;
  readonly failedAttempts: number;
  /** Attempts after the first of their delivery. */
  readonly retries: number;
  /** The highest attempt number seen. */
  readonly maxAttemptNumber: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly cancelled: number;
  readonly durationSumMs: number;
  /** Of the attempts; 0 when there are none. */
  readonly durationMinMs: number;
  readonly durationMaxMs: number;
  readonly durations: DurationHistogram;
  /** Failed attempts by error kind, or `http_<status code>`. */
  readonly errors: Readonly<Record<string, number>>;
  /** What else happened to the endpoint, by kind: `rate_limit`, `circuit_breaker`. */
  readonly events: Readonly<Record<string, number>>;
}

type Counts = Record<string, number>;

/** Sums that grow. */
export type MutableRollupSums = {
  -readonly [K in keyof RollupSums]: RollupSums[K] extends number ? number : Counts;
};

/** The sums of nothing. */
export function emptyRollupSums(): MutableRollupSums {
  return {
    ...{ attempts: 0, failedAttempts: 0, retries: 0, maxAttemptNumber: 0, delivered: 0, deadLettered: 0, cancelled: 0 },
    ...{ durationSumMs: 0, durationMinMs: 0, durationMaxMs: 0, durations: {}, errors: {}, events: {} },
  };
}

/** Adds `sums` to `total`. */
export function addRollupSums(total: MutableRollupSums, sums: RollupSums): void {
  if (sums.attempts > 0) {
    const isFirst = total.attempts === 0;
    total.durationMinMs = isFirst ? sums.durationMinMs : Math.min(total.durationMinMs, sums.durationMinMs);
    total.durationMaxMs = Math.max(total.durationMaxMs, sums.durationMaxMs);
  }
  total.attempts += sums.attempts;
  total.failedAttempts += sums.failedAttempts;
  total.retries += sums.retries;
  total.maxAttemptNumber = Math.max(total.maxAttemptNumber, sums.maxAttemptNumber);
  total.delivered += sums.delivered;
  total.deadLettered += sums.deadLettered;
  total.cancelled += sums.cancelled;
  total.durationSumMs += sums.durationSumMs;
  addCounts(total.durations, sums.durations);
  addCounts(total.errors, sums.errors);
  addCounts(total.events, sums.events);
}

function addCounts(total: Counts, counts: Readonly<Counts>): void {
  for (const key in counts) total[key] = (total[key] ?? 0) + (counts[key] ?? 0);
}
