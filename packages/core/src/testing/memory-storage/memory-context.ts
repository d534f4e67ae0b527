import { coreError } from '../../errors.js';
import type { RollupAccumulator } from '../../rollup/rollup-accumulator.js';
import type { MemoryDatabase } from './memory-database.js';

/** Turns a synchronous, hence atomic, piece of work into a method that rejects when the storage is not open. */
export type Operation = <Params, Result>(work: (params: Params) => Result) => (params: Params) => Promise<Result>;

/** What the stores of one memory storage have in common. */
export interface MemoryContext {
  readonly database: MemoryDatabase;
  readonly rollups: RollupAccumulator;
  readonly operation: Operation;
}

/** Builds methods that work while `isOpen()`. */
export function createOperation(isOpen: () => boolean): Operation {
  return (work) => async (params) => {
    if (!isOpen()) {
      throw coreError(
        'STORAGE_CLOSED',
        'The memory storage is not open: call methods after `migrate` has resolved and before `close`.',
      );
    }
    return work(params);
  };
}
