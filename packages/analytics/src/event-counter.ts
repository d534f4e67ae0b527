import { addRollupSums, emptyRollupSums, type Clock, type Rollup } from '@postrider/core';
import type { AnalyticsStore } from './analytics-store.js';
import { toRollup, type TrackedEvent } from './tracked-event.js';

const minuteMs = 60_000;

/** Counts events into running totals of the current minute, and writes those that changed while it last wrote. */
export class EventCounter {
  readonly #store: AnalyticsStore;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #writerId: string;
  readonly #totals = new Map<string, Rollup>();
  readonly #changed = new Map<string, Rollup>();
  #writing: Promise<void> | undefined;

  constructor(params: { store: AnalyticsStore; clock: Pick<Clock, 'nowMs'>; writerId: string }) {
    this.#store = params.store;
    this.#clock = params.clock;
    this.#writerId = params.writerId;
  }

  /** Resolves once the event is written; rejects when it could not be. It stays counted and is written with the next. */
  async track(event: TrackedEvent): Promise<void> {
    const bucketAt = new Date(Math.floor(this.#clock.nowMs() / minuteMs) * minuteMs);
    const counted = toRollup(event, { bucketAt, writerId: this.#writerId });
    const key = [bucketAt.getTime(), ...subjectOf(counted)].join('|');
    const known = this.#totals.get(key);
    if (known === undefined) this.#forgetBefore(bucketAt);
    const sums = emptyRollupSums();
    if (known !== undefined) addRollupSums(sums, known);
    addRollupSums(sums, counted);
    const total = { ...counted, ...sums };
    this.#totals.set(key, total);
    this.#changed.set(key, total);
    const before = this.#writing;
    // Whoever comes while a write is under way is written by one write after it.
    await before?.catch(() => undefined);
    if (this.#changed.get(key) === undefined) return this.#writing;
    this.#writing = this.#write();
    return this.#writing;
  }

  async #write(): Promise<void> {
    const rollups = [...this.#changed];
    this.#changed.clear();
    try {
      await this.#store.writeRollups({ rollups: rollups.map(([, rollup]) => rollup) });
    } catch (error) {
      for (const [key, rollup] of rollups) if (!this.#changed.has(key)) this.#changed.set(key, rollup);
      throw error;
    }
  }

  #forgetBefore(bucketAt: Date): void {
    for (const [key, total] of this.#totals) {
      if (total.bucketAt < bucketAt && !this.#changed.has(key)) this.#totals.delete(key);
    }
  }
}

function subjectOf({ environmentId, applicationId, endpointId, eventType }: Rollup): readonly string[] {
  return [environmentId, applicationId, endpointId, eventType];
}
