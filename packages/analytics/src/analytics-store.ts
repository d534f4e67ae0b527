import { MemoryRollups, type RollupStore } from '@postrider/core';

/** What analytics reads from and, for `track`, writes to: any storage of Postrider, or `createMemoryAnalyticsStore`. */
export type AnalyticsStore = Pick<RollupStore, 'readSummaries' | 'countByEndpoint' | 'writeRollups'>;

/** A store that forgets everything with the process, and its upkeep: `compactRollups` now and then keeps it small. */
export type MemoryAnalyticsStore = AnalyticsStore &
  Pick<RollupStore, 'compactRollups'> & {
    /** Removes buckets that begin before the instant; returns how many rows went. */
    removeBefore(before: Date): number;
  };

/** Keeps rollups in memory: for one process that tracks its own deliveries. */
export function createMemoryAnalyticsStore(): MemoryAnalyticsStore {
  const rollups = new MemoryRollups();
  return {
    readSummaries: async (params) => rollups.readSummaries(params),
    countByEndpoint: async (params) => rollups.countByEndpoint(params),
    writeRollups: async (params) => rollups.write(params.rollups),
    compactRollups: async (params) => rollups.compact(params),
    removeBefore: (before) => rollups.removeBefore(before),
  };
}
