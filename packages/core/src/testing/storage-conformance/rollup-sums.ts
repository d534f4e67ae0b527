import type { Rollup } from '../../rollup/rollup.js';

/** Rollups of one subject, of any writers, merged by addition. `undefined` when there are none. */
export function mergeRollups(rollups: readonly Rollup[]): Rollup | undefined {
  return rollups.reduce<Rollup | undefined>((sum, rollup) => (sum ? add(sum, rollup) : rollup), undefined);
}

function add(a: Rollup, b: Rollup): Rollup {
  const withAttempts = [a, b].filter(({ attempts }) => attempts > 0);
  return {
    ...a,
    attempts: a.attempts + b.attempts,
    failedAttempts: a.failedAttempts + b.failedAttempts,
    retries: a.retries + b.retries,
    maxAttemptNumber: Math.max(a.maxAttemptNumber, b.maxAttemptNumber),
    delivered: a.delivered + b.delivered,
    deadLettered: a.deadLettered + b.deadLettered,
    cancelled: a.cancelled + b.cancelled,
    durationSumMs: a.durationSumMs + b.durationSumMs,
    durationMinMs: withAttempts.length === 0 ? 0 : Math.min(...withAttempts.map((each) => each.durationMinMs)),
    durationMaxMs: Math.max(a.durationMaxMs, b.durationMaxMs),
    durations: addCounts(a.durations, b.durations),
    errors: addCounts(a.errors, b.errors),
  };
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}
