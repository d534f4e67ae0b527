import type { RollupStore } from '../../ports/rollup-store.js';
import type { Rollup } from '../../rollup/rollup.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';

/** `RollupStore` in memory. */
export function createMemoryRollupStore({ database, operation }: MemoryContext): RollupStore {
  return {
    readRollups: operation(({ environmentId, from, to, applicationId, endpointId, eventType }) => {
      const isWanted = (rollup: Rollup): boolean =>
        rollup.environmentId === environmentId &&
        rollup.bucketAt >= from &&
        rollup.bucketAt < to &&
        (applicationId === undefined || rollup.applicationId === applicationId) &&
        (endpointId === undefined || rollup.endpointId === endpointId) &&
        (eventType === undefined || rollup.eventType === eventType);
      return [...database.rollups.values()].filter(isWanted).map(copyPlain);
    }),
  };
}
