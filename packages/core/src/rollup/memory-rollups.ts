import type { RollupFilter, RollupRange, RollupStore } from '../ports/rollup-store.js';
import type { Rollup } from './rollup.js';
import { SummaryMerge, summaryKey, toMinuteSummary, type RollupSummary } from './rollup-summary.js';

const dayMs = 86_400_000;

/** Rollups in memory, as storages keep them: minutes by writer, summaries by scope. Takes and gives no copies. */
export class MemoryRollups {
  readonly #minutes = new Map<string, Rollup>();
  readonly #summaries = new Map<string, RollupSummary>();

  /** See `RollupStore.writeRollups`. */
  write(rollups: readonly Rollup[]): void {
    for (const rollup of rollups) this.#minutes.set(minuteKey(rollup), rollup);
  }

  /** See `RollupStore.readRollups`. */
  readMinutes(params: RollupFilter & RollupRange): readonly Rollup[] {
    const { applicationId, endpointId, eventType } = params;
    return [...this.#minutes.values()].filter(
      (rollup) =>
        isWithin(rollup, params) &&
        (applicationId === undefined || rollup.applicationId === applicationId) &&
        (endpointId === undefined || rollup.endpointId === endpointId) &&
        (eventType === undefined || rollup.eventType === eventType),
    );
  }

  /** See `RollupStore.readSummaries`. */
  readSummaries(params: RollupFilter & RollupRange): readonly RollupSummary[] {
    const { applicationId = '', endpointId = '', eventType = '' } = params;
    const summaries = [...this.#summaries.values()].filter(
      (summary) =>
        isWithin(summary, params) &&
        summary.applicationId === applicationId &&
        summary.endpointId === endpointId &&
        summary.eventType === eventType,
    );
    return [...summaries, ...this.readMinutes(params).map(toMinuteSummary)];
  }

  /** See `RollupStore.countByEndpoint`. */
  countByEndpoint(params: Parameters<RollupStore['countByEndpoint']>[0]): readonly EndpointCount[] {
    const { applicationId, eventType = '', limit } = params;
    const summaries = [...this.#summaries.values()].filter(
      (summary) =>
        isWithin(summary, params) &&
        summary.endpointId !== '' &&
        summary.eventType === eventType &&
        (applicationId === undefined || summary.applicationId === applicationId),
    );
    const counts = new Map<string, number>();
    for (const { endpointId, delivered, deadLettered } of [...summaries, ...this.readMinutes(params)]) {
      counts.set(endpointId, (counts.get(endpointId) ?? 0) + delivered + deadLettered);
    }
    return [...counts]
      .map(([endpointId, count]) => ({ endpointId, count }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.endpointId < b.endpointId ? -1 : 1))
      .slice(0, limit);
  }

  /** See `RollupStore.compactRollups`. */
  compact({ hoursBefore, daysBefore }: { hoursBefore: Date; daysBefore: Date }): { minutes: number; hours: number } {
    const hours = new SummaryMerge(60);
    const minutes = removeWhere(
      this.#minutes,
      ({ bucketAt }) => bucketAt < hoursBefore,
      (rollup) => hours.addRollup(rollup),
    );
    this.#keep(hours);
    const days = new SummaryMerge(1440);
    const dayStartMs = Math.floor(daysBefore.getTime() / dayMs) * dayMs;
    const moved = removeWhere(
      this.#summaries,
      ({ spanMinutes, bucketAt }) => spanMinutes === 60 && bucketAt.getTime() < dayStartMs,
      (summary) => days.addSummary(summary),
    );
    this.#keep(days);
    return { minutes, hours: moved };
  }

  /** Removes the buckets that begin before the instant; tells how many rows went. */
  removeBefore(before: Date): number {
    const isOld = ({ bucketAt }: { readonly bucketAt: Date }): boolean => bucketAt < before;
    return removeWhere(this.#minutes, isOld) + removeWhere(this.#summaries, isOld);
  }

  #keep(merge: SummaryMerge): void {
    for (const key of [...merge.merged.keys()]) {
      const stored = this.#summaries.get(key);
      if (stored !== undefined) merge.addSummary(stored);
    }
    for (const summary of merge.merged.values()) this.#summaries.set(summaryKey(summary), summary);
  }
}

interface EndpointCount {
  readonly endpointId: string;
  readonly count: number;
}

interface Bucket {
  readonly environmentId: string;
  readonly bucketAt: Date;
}

function isWithin(bucket: Bucket, { environmentId, from, to }: { environmentId: string } & RollupRange): boolean {
  return bucket.environmentId === environmentId && bucket.bucketAt >= from && bucket.bucketAt < to;
}

function minuteKey({ bucketAt, environmentId, applicationId, endpointId, eventType, writerId }: Rollup): string {
  return [bucketAt.getTime(), environmentId, applicationId, endpointId, eventType, writerId].join('|');
}

function removeWhere<T>(map: Map<string, T>, isUnwanted: (value: T) => boolean, removed?: (value: T) => void): number {
  let count = 0;
  for (const [key, value] of map) {
    if (!isUnwanted(value)) continue;
    map.delete(key);
    removed?.(value);
    count += 1;
  }
  return count;
}
