import assert from 'node:assert/strict';
import type { Storage } from '../../ports/storage.js';
import type { RollupFilter } from '../../ports/rollup-store.js';
import { durationBin } from '../../rollup/duration-histogram.js';
import { addRollupSums, emptyRollupSums, type RollupSums } from '../../rollup/rollup-sums.js';
import type { Rollup } from '../../rollup/rollup.js';
import type { QuarterCounts } from '../../rollup/rollup-summary.js';
import { createSeededRandom } from '../seeded-random.js';
import { storeEnvironment } from './fixtures.js';
import { at } from './instants.js';
import type { StorageWorld } from './storage-world.js';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** Rollups of a few endpoints of two applications, written by several writers: what is stored, beside what it must be. */
export class RollupHistory {
  readonly environmentId: string;
  readonly scopes: readonly RollupFilter[];
  readonly #storage: Storage;
  readonly #random: ReturnType<typeof createSeededRandom>;
  readonly #subjects: readonly { applicationId: string; endpointId: string; eventType: string }[];
  /** Every row ever written, as it was last written. */
  readonly #written = new Map<string, Rollup>();

  static async start(world: StorageWorld, seed: number): Promise<RollupHistory> {
    return new RollupHistory(world, await storeEnvironment(world), seed);
  }

  private constructor(world: StorageWorld, environmentId: string, seed: number) {
    this.environmentId = environmentId;
    this.#storage = world.storage;
    this.#random = createSeededRandom(seed);
    this.#subjects = [1, 2].flatMap(() => {
      const applicationId = world.id('app_');
      return [world.id('ep_'), world.id('ep_')].flatMap((endpointId) =>
        ['a', 'b'].map((eventType) => ({ applicationId, endpointId, eventType })),
      );
    });
    const { applicationId, endpointId } = this.#pick(this.#subjects);
    this.scopes = [{ applicationId }, { applicationId, endpointId }, {}].flatMap((scope) => [
      { environmentId, ...scope },
      { environmentId, ...scope, eventType: 'a' },
    ]);
  }

  /** Writers, or the given one, count outcomes into a few minutes from the given one on, as running totals. */
  async write(params: { minute: number; rows: number; writer?: string }): Promise<void> {
    const { minute, rows } = params;
    const rollups = Array.from({ length: rows }, (): Rollup => {
      const subject = this.#pick(this.#subjects);
      const bucketAt = at((minute + this.#below(3)) * 60);
      const writerId = params.writer ?? `writer-${this.#below(3)}`;
      const key = keyOf({ bucketAt, writerId, ...subject });
      const total = { ...emptyRollupSums() };
      const known = this.#written.get(key);
      if (known !== undefined) addRollupSums(total, known);
      addRollupSums(total, this.#outcome());
      const rollup = { environmentId: this.environmentId, bucketAt, writerId, ...subject, ...total };
      this.#written.set(key, rollup);
      return rollup;
    });
    const last = new Map(rollups.map((rollup) => [keyOf(rollup), rollup]));
    await this.#storage.writeRollups({ rollups: [...last.values()] });
  }

  /** Reads each scope over the hours, and compares with what was written. */
  async assertReads(fromHour: number, toHour: number): Promise<void> {
    const range = { from: at(fromHour * 3_600), to: at(toHour * 3_600) };
    for (const scope of this.scopes) {
      const summaries = await this.#storage.readSummaries({ ...scope, ...range });
      const expected = this.#expect({ ...scope, ...range });
      const words = `hours ${fromHour} to ${toHour} of ${JSON.stringify(scope)}`;
      assert.deepEqual(this.#sum(summaries), this.#sum(expected), words);
      const quarters = summaries.flatMap(({ bucketAt, quarters: counts }) =>
        Object.entries(counts).map(([index, each]) => ({ atMs: bucketAt.getTime() + Number(index) * quarterMs, each })),
      );
      const minutes = expected.map(({ bucketAt, delivered, deadLettered, attempts, failedAttempts }) => {
        const each: QuarterCounts = [delivered, deadLettered, attempts, failedAttempts];
        return { atMs: bucketAt.getTime(), each };
      });
      assert.deepEqual(byQuarter(quarters), byQuarter(minutes), `quarters of ${words}`);
    }
  }

  /** What the endpoints must count in the hours, most first. */
  expectCounts(fromHour: number, toHour: number): readonly { readonly endpointId: string; readonly count: number }[] {
    const range = { from: at(fromHour * 3_600), to: at(toHour * 3_600) };
    const counts = new Map<string, number>();
    for (const { endpointId, delivered, deadLettered } of this.#expect({
      environmentId: this.environmentId,
      ...range,
    })) {
      counts.set(endpointId, (counts.get(endpointId) ?? 0) + delivered + deadLettered);
    }
    return [...counts]
      .map(([endpointId, count]) => ({ endpointId, count }))
      .sort((a, b) => b.count - a.count || (a.endpointId < b.endpointId ? -1 : 1));
  }

  /** A whole number below `limit`. */
  #below(limit: number): number {
    return Math.floor(this.#random.next() * limit);
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)] as T;
  }

  #outcome(): RollupSums {
    const durationMs = 1 + this.#below(2_000);
    const isFailed = this.#random.next() < 0.3;
    const number = 1 + this.#below(4);
    return {
      ...{ attempts: 1, failedAttempts: isFailed ? 1 : 0, retries: number > 1 ? 1 : 0, maxAttemptNumber: number },
      ...{ delivered: isFailed ? 0 : 1, deadLettered: isFailed && number === 4 ? 1 : 0, cancelled: 0 },
      ...{ durationSumMs: durationMs, durationMinMs: durationMs, durationMaxMs: durationMs },
      durations: { [durationBin(durationMs)]: 1 },
      errors: isFailed ? { [this.#pick(['timeout', 'http_503'])]: 1 } : {},
      events: this.#random.next() < 0.1 ? { rate_limit: 1 } : {},
    };
  }

  #expect(params: RollupFilter & { from: Date; to: Date }): readonly Rollup[] {
    const { from, to, applicationId, endpointId, eventType } = params;
    return [...this.#written.values()].filter(
      (rollup) =>
        rollup.bucketAt >= from &&
        rollup.bucketAt < to &&
        (applicationId === undefined || rollup.applicationId === applicationId) &&
        (endpointId === undefined || rollup.endpointId === endpointId) &&
        (eventType === undefined || rollup.eventType === eventType),
    );
  }

  #sum(rows: readonly RollupSums[]): RollupSums {
    const total = emptyRollupSums();
    for (const row of rows) addRollupSums(total, row);
    return total;
  }
}

function keyOf({
  bucketAt,
  endpointId,
  eventType,
  writerId,
}: Pick<Rollup, 'bucketAt' | 'endpointId' | 'eventType' | 'writerId'>): string {
  return [bucketAt.getTime(), endpointId, eventType, writerId].join(' ');
}

/** The counts of each quarter of an hour; durations are whole milliseconds, so that sums do not depend on the order. */
function byQuarter(counts: readonly { readonly atMs: number; readonly each: QuarterCounts }[]): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  for (const { atMs, each } of counts) {
    const startMs = Math.floor(atMs / quarterMs) * quarterMs;
    const sum = sums.get(startMs) ?? [0, 0, 0, 0];
    sums.set(
      startMs,
      sum.map((count, index) => count + (each[index] ?? 0)),
    );
  }
  return new Map([...sums].sort(([a], [b]) => a - b));
}
