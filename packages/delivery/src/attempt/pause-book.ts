import type { RouteTarget } from '../routing/route-target.js';

/** Pauses are looked through for ended ones when there are this many, and then whenever they have doubled. */
const firstSweep = 1_024;

/**
 * Which endpoints asked for a pause: what this process learned a moment ago, before storage and the routing tables
 * know it.
 */
export class PauseBook {
  readonly #untilMs = new Map<string, number>();
  #sweepAt = firstSweep;

  /** Notes a pause. Pauses only become longer: returns the end of the longest one, in milliseconds since 1970. */
  pause(params: { readonly endpointId: string; readonly untilMs: number; readonly nowMs: number }): number {
    const longestMs = Math.max(this.#untilMs.get(params.endpointId) ?? 0, params.untilMs);
    this.#untilMs.set(params.endpointId, longestMs);
    if (this.#untilMs.size >= this.#sweepAt) this.#sweep(params.nowMs);
    return longestMs;
  }

  #sweep(nowMs: number): void {
    for (const [endpointId, untilMs] of this.#untilMs) {
      if (untilMs <= nowMs) this.#untilMs.delete(endpointId);
    }
    this.#sweepAt = Math.max(firstSweep, this.#untilMs.size * 2);
  }

  /** When the pause of the endpoint ends, in milliseconds since 1970; `undefined` when there is none at `nowMs`. */
  pausedUntilMs(target: RouteTarget, nowMs: number): number | undefined {
    const untilMs = Math.max(target.pausedUntilMs, this.#untilMs.get(target.endpoint.id) ?? 0);
    return untilMs > nowMs ? untilMs : undefined;
  }
}
