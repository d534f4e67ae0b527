import { RollupAccumulator, type Rollup } from '@postrider/core';
import type { QueryConfig } from 'pg';
import { writeRollups } from '../sql/record-outcomes.js';
import { rollupValues } from './rollup-records.js';

/** Lends accumulators of rollups to transactions, which may run concurrently. */
export interface RollupWriters {
  /**
   * After an error the accumulator is dropped. Whether its last rows were committed is unknown then; as a new writer has
   * rows of its own, the sum is right in both cases.
   */
  lend<T>(work: (accumulator: RollupAccumulator) => Promise<T>): Promise<T>;
}

/** Each borrower gets an accumulator that nobody else uses; a new one is made when all are lent. */
export function createRollupWriters(newWriterId: () => string): RollupWriters {
  const idle: RollupAccumulator[] = [];
  return {
    lend: async (work) => {
      const accumulator = idle.pop() ?? new RollupAccumulator({ writerId: newWriterId() });
      const result = await work(accumulator);
      idle.push(accumulator);
      return result;
    },
  };
}

/** The statement that writes running totals; none when there are none. */
export function rollupQueries(rollups: readonly Rollup[]): QueryConfig[] {
  return rollups.length === 0 ? [] : [{ ...writeRollups, values: rollupValues(rollups) }];
}
