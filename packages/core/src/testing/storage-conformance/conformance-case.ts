import type { StorageWorld } from './storage-world.js';

/** One rule of the port, named after it. */
export interface ConformanceCase {
  readonly name: string;
  /** Throws when the rule is broken. */
  readonly run: (world: StorageWorld) => Promise<void>;
}

/** The rules of one concern. */
export interface ConformanceGroup {
  readonly name: string;
  /**
   * `shared`: one store for all cases of the group, which keep apart by making their own environments. `fresh`: one
   * each, for rules about what spans environments, such as the queue.
   */
  readonly storage: 'shared' | 'fresh';
  readonly cases: readonly ConformanceCase[];
}
