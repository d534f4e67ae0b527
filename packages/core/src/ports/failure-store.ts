import type { FailureRun } from '../domain/failure-run.js';

/**
 * The endpoints that fail and have not succeeded since, so that those that do for too long are found without looking at
 * all. The runs are hints, written beside outcomes by workers that know little of each other: rollups are the last word
 * on whether an endpoint succeeded. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`.
 */
export interface FailureStore {
  /**
   * Runs that began before `before`, of endpoints that are not disabled, the longest first (those of one instant by
   * endpoint id); over all environments. With `after` only those that come after it.
   */
  listFailureRuns(params: {
    before: Date;
    after?: Pick<FailureRun, 'failingSince' | 'endpointId'> | undefined;
    limit: number;
    signal?: AbortSignal;
  }): Promise<readonly FailureRun[]>;

  /**
   * Changes a run, or ends it when `next` is absent, if what is stored of it still is `expected`: of concurrent calls
   * one replaces. `false` when it changed, ended, or its endpoint is gone.
   */
  replaceFailureRun(params: {
    expected: FailureRun;
    next?: Pick<FailureRun, 'failingSince' | 'notices'> | undefined;
    signal?: AbortSignal;
  }): Promise<{ readonly replaced: boolean }>;
}
