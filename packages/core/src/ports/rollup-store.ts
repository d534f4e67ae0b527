import type { Rollup } from '../rollup/rollup.js';

/** Pre-aggregated counts, written by `recordOutcomes`. Errors: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface RollupStore {
  /**
   * The rollups with `from <= bucketAt < to`, several rows per bucket and subject where several writers worked
   * (merge them by addition), in any order.
   */
  readRollups(params: {
    environmentId: string;
    from: Date;
    to: Date;
    applicationId?: string | undefined;
    endpointId?: string | undefined;
    eventType?: string | undefined;
    signal?: AbortSignal;
  }): Promise<readonly Rollup[]>;
}
