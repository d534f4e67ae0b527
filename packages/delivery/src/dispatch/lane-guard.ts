import type { RateWait } from '../gates/rate-limits.js';

/** How long requests to an endpoint hold their slots, judged by the last one that ended. */
export type Pace = 'quick' | 'unknown' | 'slow';

/** What the dispatcher asks about an endpoint before it starts a delivery. Asked on the hot path, and often. */
export interface LaneGuard {
  /** Requests at once. */
  limit(endpointId: string): number;

  /** Endpoints that are not known to be quick share a part of the slots. */
  pace(endpointId: string): Pace;

  /** Deliveries to keep waiting in memory at most. */
  laneDepth(endpointId: string): number;

  /** What the next delivery has to wait for; `undefined` when it may start. */
  rateWait(endpointId: string): RateWait | undefined;
}
