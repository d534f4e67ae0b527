import type { Rollup } from '../rollup/rollup.js';
import type { RollupSums } from '../rollup/rollup-sums.js';
import type { RollupSummary } from '../rollup/rollup-summary.js';

/** Of what to count; what is absent is not asked for. An endpoint is given with its application. */
export interface RollupFilter {
  readonly environmentId: string;
  readonly applicationId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly eventType?: string | undefined;
}

/** Beginnings of buckets: `from <= bucketAt < to`. */
export interface RollupRange {
  readonly from: Date;
  readonly to: Date;
}

/** What was counted of one endpoint. */
export interface EndpointSums extends Pick<
  RollupSums,
  'attempts' | 'failedAttempts' | 'retries' | 'delivered' | 'deadLettered' | 'durationSumMs'
> {
  readonly applicationId: string;
  readonly endpointId: string;
}

/** The endpoints of an environment at a glance. */
export interface EndpointSurvey {
  /** Those that are not disabled. */
  readonly enabled: number;
  readonly disabled: number;
  /** Enabled ones that something went wrong with, in any order. */
  readonly troubled: readonly EndpointSums[];
}

/**
 * Pre-aggregated counts. `recordOutcomes` writes minutes; `compactRollups` merges those that are old enough into hours
 * and then days. Errors: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface RollupStore {
  /**
   * The minutes that are not compacted yet, several rows per minute and subject where several writers worked (merge
   * them by addition), in any order.
   */
  readRollups(params: RollupFilter & RollupRange & { signal?: AbortSignal }): Promise<readonly Rollup[]>;

  /**
   * Writes running totals that are not part of outcomes; each replaces the row of the same minute, subject and writer.
   * A writer writes no minute again that may be compacted by now. Idempotent.
   */
  writeRollups(params: { rollups: readonly Rollup[]; signal?: AbortSignal }): Promise<void>;

  /**
   * Everything that was counted in the buckets that begin in the range, as of one instant: the summaries of exactly
   * this scope, hours and days, and the minutes that are not compacted yet. In any order; merge them by addition.
   * A bucket is returned whole, so a range is exact when it begins and ends where buckets do.
   */
  readSummaries(params: RollupFilter & RollupRange & { signal?: AbortSignal }): Promise<readonly RollupSummary[]>;

  /**
   * The endpoints with most ended deliveries (delivered or dead-lettered) in the range, most first, equal ones by id;
   * those with none are left out.
   */
  countByEndpoint(
    params: Omit<RollupFilter, 'endpointId'> & RollupRange & { limit: number; signal?: AbortSignal },
  ): Promise<readonly { readonly endpointId: string; readonly count: number }[]>;

  /**
   * Counts the endpoints of an environment and sums up those enabled ones that are not plainly well: with a failed
   * attempt or a dead letter, or with attempts of more than `slowerThanMs` on average, in the minutes and hours that
   * begin in the range, which should be a few hours. Costs by what was delivered to how many endpoints in the range.
   */
  surveyEndpoints(
    params: { environmentId: string; slowerThanMs: number; signal?: AbortSignal } & RollupRange,
  ): Promise<EndpointSurvey>;

  /**
   * Merges minutes that begin before `hoursBefore` into the summaries of their hours, and hours of days that end by
   * `daysBefore` into those of the days. What can be read of whole hours (days) does not change. In short
   * transactions that each move what they move, so that it can be stopped anywhere and done again; several processes
   * may do it at once. Returns how many rows were merged away.
   *
   * Writers write running totals, so a minute must be over for every writer: `hoursBefore` lies further back than the
   * longest lease, whose end fences off who would write so late, plus the difference between the clocks of replicas.
   */
  compactRollups(params: {
    hoursBefore: Date;
    daysBefore: Date;
    signal?: AbortSignal;
  }): Promise<{ readonly minutes: number; readonly hours: number }>;
}
