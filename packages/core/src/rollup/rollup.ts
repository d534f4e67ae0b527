import type { RollupSums } from './rollup-sums.js';

/** What a rollup is about. */
export interface RollupSubject {
  /** Beginning of the minute in which the outcomes were recorded. */
  readonly bucketAt: Date;
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  /** `noEventType` for what concerns the endpoint and no event. */
  readonly eventType: string;
}

/** Stands where there is no event type; no event type can have this name. */
export const noEventType = '*';

/**
 * Counts of one subject in one minute, as one writer saw them. A writer is one run of one process: its rows are its
 * own, so it can write the running total again and again without reading or locking anything.
 */
export interface Rollup extends RollupSubject, RollupSums {
  readonly writerId: string;
}
