import type { Clock, Logger } from '@postrider/core';
import { cacheError } from '../errors.js';
import { parseTtlMs, type Ttl } from '../ttl.js';

/** What a memory cache is made of, and how much it may hold. */
export interface MemoryCacheOptions {
  /** Time; by default that of the machine. TTLs go by its monotonic side, which setting the time does not move. */
  readonly clock?: Clock | undefined;
  /** Hears of listeners that throw; by default nobody. */
  readonly logger?: Logger | undefined;
  /** The most values it holds; 1 000 by default. The least recently used one makes room. */
  readonly maxEntries?: number | undefined;
  /** The TTL of values that are stored without one; `'5m'` by default. */
  readonly defaultTtl?: Ttl | undefined;
  /** The most memory that keys and values may take by estimate, in MiB; 100 by default. */
  readonly maxMemoryMb?: number | undefined;
  /**
   * The bytes of a value, in place of the estimate: for values that refer to things which are there anyway, or whose
   * size is known. Must return a finite number from 0 on.
   */
  readonly sizeOf?: ((value: unknown) => number) | undefined;
}

/** The limits of a memory cache in the units it counts in. */
export interface MemoryCacheLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly defaultTtlMs: number;
}

/** Throws `CACHE_OPTIONS_INVALID` for a limit that is out of range. */
export function parseLimits({
  maxEntries = 1000,
  defaultTtl = '5m',
  maxMemoryMb = 100,
}: MemoryCacheOptions): MemoryCacheLimits {
  // The list of the LRU is allocated in advance, at up to 8 bytes per entry and array.
  if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > 10_000_000) {
    throw cacheError(
      'CACHE_OPTIONS_INVALID',
      `maxEntries is ${String(maxEntries)}; expected a whole number from 1 to 10000000.`,
    );
  }
  if (!(maxMemoryMb > 0) || maxMemoryMb > 1_000_000) {
    throw cacheError(
      'CACHE_OPTIONS_INVALID',
      `maxMemoryMb is ${String(maxMemoryMb)}; expected mebibytes, more than 0 and at most 1000000.`,
    );
  }
  const maxBytes = Math.max(1, Math.floor(maxMemoryMb * 1024 * 1024));
  return { maxEntries, maxBytes, defaultTtlMs: parseTtlMs(defaultTtl, 'defaultTtl') };
}
