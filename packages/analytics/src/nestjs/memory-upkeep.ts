import { coreError, type Clock, type Timer } from '@postrider/core';
import type { MemoryAnalyticsStore } from '../analytics-store.js';
import { hoursKeptDays, maxRangeDays } from '../query-rules.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const everyMs = 5 * minuteMs;

/** Keeps a store in memory small: merges what is over into hours and days, and forgets what is old. */
export class MemoryUpkeep {
  readonly #store: MemoryAnalyticsStore;
  readonly #clock: Clock;
  readonly #retentionMs: number;
  #timer: Timer | undefined;

  /** Throws `CONFIG_INVALID`. */
  constructor(params: { store: MemoryAnalyticsStore; clock: Clock; retentionDays: number }) {
    const { store, clock, retentionDays } = params;
    if (!Number.isFinite(retentionDays) || retentionDays < 1 || retentionDays > maxRangeDays) {
      throw coreError('CONFIG_INVALID', `retentionDays: expected 1 to ${maxRangeDays} days, found ${retentionDays}.`);
    }
    this.#store = store;
    this.#clock = clock;
    this.#retentionMs = retentionDays * dayMs;
  }

  start(): void {
    this.#timer = this.#clock.setTimeout(() => {
      void this.#tidy();
      this.start();
    }, everyMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  async #tidy(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    // The current minute still counts; the one before may be being written.
    const hoursBefore = new Date(nowMs - 2 * minuteMs);
    await this.#store.compactRollups({ hoursBefore, daysBefore: new Date(nowMs - hoursKeptDays * dayMs) });
    this.#store.removeBefore(new Date(nowMs - this.#retentionMs));
  }
}
