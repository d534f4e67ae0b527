import type { RollupStore } from '../../ports/rollup-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';

/** `RollupStore` in memory. */
export function createMemoryRollupStore({ database: { rollups }, operation }: MemoryContext): RollupStore {
  return {
    readRollups: operation((params) => rollups.readMinutes(params).map(copyPlain)),
    writeRollups: operation((params) => rollups.write(params.rollups.map(copyPlain))),
    readSummaries: operation((params) => rollups.readSummaries(params).map(copyPlain)),
    countByEndpoint: operation((params) => rollups.countByEndpoint(params)),
    compactRollups: operation((params) => rollups.compact(params)),
  };
}
