import type { RollupAccumulator } from '../../rollup/rollup-accumulator.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf } from './memory-database.js';

/** Adds outcomes and endings to the rollups. */
export function countInRollups(
  { database, rollups }: Pick<MemoryContext, 'database' | 'rollups'>,
  params: Parameters<RollupAccumulator['stage']>[0],
): void {
  const staged = rollups.stage(params);
  for (const row of staged.rows) {
    const { bucketAt, applicationId, endpointId, eventType, writerId } = row;
    database.rollups.set(keyOf(bucketAt.toISOString(), applicationId, endpointId, eventType, writerId), row);
  }
  staged.commit();
}
