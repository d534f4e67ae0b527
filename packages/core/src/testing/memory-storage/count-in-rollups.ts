import type { RollupAccumulator } from '../../rollup/rollup-accumulator.js';
import type { MemoryContext } from './memory-context.js';

/** Adds outcomes and endings to the rollups. */
export function countInRollups(
  { database, rollups }: Pick<MemoryContext, 'database' | 'rollups'>,
  params: Parameters<RollupAccumulator['stage']>[0],
): void {
  const staged = rollups.stage(params);
  database.rollups.write(staged.rows);
  staged.commit();
}
