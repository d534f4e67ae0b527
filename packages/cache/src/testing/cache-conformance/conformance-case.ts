import type { Cache } from '../../ports/cache.js';
import type { CacheHarness } from './cache-harness.js';

/** What a case works with: an empty cache, and time in the harness's units. */
export interface CacheWorld {
  readonly cache: Cache;
  readonly harness: CacheHarness;
  /** So many units in milliseconds. */
  readonly units: (count: number) => number;
  /** Lets so many units pass. */
  readonly pass: (count: number) => Promise<void>;
}

/** One rule of the port, named after it. */
export interface ConformanceCase {
  readonly name: string;
  /** Throws when the rule is broken. */
  readonly run: (world: CacheWorld) => Promise<void>;
}

/** The rules of one concern. */
export interface ConformanceGroup {
  readonly name: string;
  readonly cases: readonly ConformanceCase[];
}

/** A world on a fresh cache. */
export async function createWorld(harness: CacheHarness): Promise<CacheWorld> {
  const units = (count: number) => Math.round(count * harness.unitMs);
  return { cache: await harness.create(), harness, units, pass: (count) => harness.advance(units(count)) };
}
