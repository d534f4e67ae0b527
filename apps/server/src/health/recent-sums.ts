import type { RollupSummary } from '@postrider/core';

const quarterMs = 15 * 60_000;

/** What a score is made of. */
export interface RecentSums {
  attempts: number;
  retries: number;
  delivered: number;
  deadLettered: number;
  durationSumMs: number;
}

/**
 * Sums up what was counted since an instant. Of an hour that began before it, those quarters count that ended after
 * it; what is not kept by quarter, retries and durations, is taken in proportion to the attempts.
 */
export function sumSince(summaries: readonly RollupSummary[], sinceMs: number): RecentSums {
  const total: RecentSums = { attempts: 0, retries: 0, delivered: 0, deadLettered: 0, durationSumMs: 0 };
  for (const summary of summaries) {
    const startMs = summary.bucketAt.getTime();
    let attempts = 0;
    for (const [index, counts] of Object.entries(summary.quarters)) {
      const isOver = startMs + (Number(index) + 1) * quarterMs <= sinceMs;
      if (isOver || (summary.spanMinutes === 1 && startMs < sinceMs)) continue;
      total.delivered += counts[0];
      total.deadLettered += counts[1];
      attempts += counts[2];
    }
    if (attempts === 0) continue;
    const share = attempts / summary.attempts;
    total.attempts += attempts;
    total.retries += Math.round(summary.retries * share);
    total.durationSumMs += summary.durationSumMs * share;
  }
  return total;
}
