import { addRollupSums } from '../../rollup/rollup-sums.js';
import type { Rollup } from '../../rollup/rollup.js';

/** Rollups of one subject, of any writers, merged by addition. `undefined` when there are none. */
export function mergeRollups(rollups: readonly Rollup[]): Rollup | undefined {
  const [first, ...rest] = rollups;
  if (first === undefined) return undefined;
  const { durations, errors, events } = first;
  const total = { ...first, durations: { ...durations }, errors: { ...errors }, events: { ...events } };
  for (const rollup of rest) addRollupSums(total, rollup);
  return total;
}
