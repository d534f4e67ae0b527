import {
  addRollupSums,
  durationQuantileMs,
  emptyRollupSums,
  type RollupSums,
  type RollupSummary,
} from '@postrider/core';

const quarterMs = 15 * 60_000;

/** The deliveries of a quarter of an hour. */
export interface Quarter {
  readonly atMs: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly attempts: number;
  readonly failedAttempts: number;
}

/** All rows as one. */
export function sumOf(rows: readonly RollupSummary[]): RollupSums {
  const total = emptyRollupSums();
  for (const row of rows) addRollupSums(total, row);
  return total;
}

/** The quarters of all rows, in order of time; several may begin at one instant. */
export function quartersOf(rows: readonly RollupSummary[]): readonly Quarter[] {
  return rows
    .flatMap(({ bucketAt, quarters }) =>
      Object.entries(quarters).map(([index, [delivered, deadLettered, attempts, failedAttempts]]) => {
        const atMs = bucketAt.getTime() + Number(index) * quarterMs;
        return { atMs, delivered, deadLettered, attempts, failedAttempts };
      }),
    )
    .sort((a, b) => a.atMs - b.atMs);
}

/** `part ÷ whole`, 0 when there is nothing. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Delivered ÷ ended (delivered or dead-lettered), 0 when nothing ended. */
export function successRateOf({ delivered, deadLettered }: { delivered: number; deadLettered: number }): number {
  return share(delivered, delivered + deadLettered);
}

/** Response times in seconds; all 0 when there was no attempt. Percentiles are within 1 %. */
export interface ResponseTimes {
  readonly average: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function responseTimesOf(sums: RollupSums): ResponseTimes {
  const quantile = (rank: number): number => (durationQuantileMs(sums.durations, rank) ?? 0) / 1_000;
  return {
    average: share(sums.durationSumMs, sums.attempts) / 1_000,
    min: sums.durationMinMs / 1_000,
    max: sums.durationMaxMs / 1_000,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
  };
}
