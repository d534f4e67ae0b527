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

  /** Pauses only become longer. */
  pause(params: { readonly endpointId: string; readonly untilMs: number; readonly nowMs: number }): void {
    const knownMs = this.#untilMs.get(params.endpointId) ?? 0;
    this.#untilMs.set(params.endpointId, Math.max(knownMs, params.untilMs));
    if (this.#untilMs.size < this.#sweepAt) return;
    for (const [endpointId, untilMs] of this.#untilMs) {
      if (untilMs <= params.nowMs) this.#untilMs.delete(endpointId);
    }
    this.#sweepAt = Math.max(firstSweep, this.#untilMs.size * 2);
  }

  /** When the pause of the endpoint ends, in milliseconds since 1970; `undefined` when there is none at `nowMs`. */
  pausedUntilMs(target: RouteTarget, nowMs: number): number | undefined {
    const untilMs = Math.max(target.pausedUntilMs, this.#untilMs.get(target.endpoint.id) ?? 0);
    return untilMs > nowMs ? untilMs : undefined;
  }
}
