import type { RollupSummary } from '@postrider/core';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** What the rollups of one endpoint say about the time since an instant, as exactly as they can. */
export interface FailureEvidence {
  /** Attempts, known as far as the bucket of the instant. */
  readonly attempts: number;
  /** The last failure was not before this; in milliseconds since 1970. Absent when there was none. */
  readonly lastFailureMs: number | undefined;
  /** The last success was before this. Absent when there was none for certain. */
  readonly lastSuccessMs: number | undefined;
}

/**
 * Reads evidence from summaries that cover the time since `since`. Buckets that lie across an instant are read against
 * the suspicion: a success in the bucket in which the run began counts as one that came later.
 */
export function readEvidence(summaries: readonly RollupSummary[], since: Date): FailureEvidence {
  let attempts = 0;
  let lastFailureMs: number | undefined;
  let lastSuccessMs: number | undefined;
  for (const { bucketAt, spanMinutes, quarters } of summaries) {
    const lengthMs = spanMinutes === 1 ? minuteMs : quarterMs;
    for (const [quarter, [delivered, , made, failed]] of Object.entries(quarters)) {
      const startMs = bucketAt.getTime() + Number(quarter) * quarterMs;
      const endMs = startMs + lengthMs;
      if (endMs <= since.getTime()) continue;
      attempts += made;
      if (failed > 0) lastFailureMs = Math.max(lastFailureMs ?? 0, startMs);
      if (delivered > 0 || made > failed) lastSuccessMs = Math.max(lastSuccessMs ?? 0, endMs);
    }
  }
  return { attempts, lastFailureMs, lastSuccessMs };
}
