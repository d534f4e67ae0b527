import { systemClock, type Clock } from '@postrider/core';
import { createSeededRandom } from '@postrider/core/testing';
import { cacheError } from '../errors.js';
import type { Cache, CacheCallOptions } from '../ports/cache.js';

/** What goes wrong, and how often. */
export interface ChaosCacheOptions {
  /** The same seed and calls give the same trouble. */
  readonly seed: number;
  /** The share of calls, from 0 to 1, that reject with `CACHE_UNAVAILABLE`; half of them after having taken effect. */
  readonly failureRate?: number | undefined;
  /** The share of calls that take up to `maxDelayMs`. */
  readonly delayRate?: number | undefined;
  /** The longest delay, in milliseconds; 1 000 by default. */
  readonly maxDelayMs?: number | undefined;
  /** The share of found values that come back as something else: forgotten, cut short, or of another type. */
  readonly garbleRate?: number | undefined;
  /** Delays go by this clock; by default that of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * The cache with the troubles of a remote one, for tests of whoever uses a cache. What is stored stays as it is, and
 * errors of `load` functions pass through. By default nothing goes wrong.
 */
export function createChaosCache(cache: Cache, options: ChaosCacheOptions): Cache {
  const { seed, failureRate = 0, delayRate = 0, maxDelayMs = 1000, garbleRate = 0, clock = systemClock } = options;
  const random = createSeededRandom(seed);

  /** Draws the fate of a call before it begins, so that it depends on the order of the calls alone. */
  const trouble = async <Result>(
    { signal }: CacheCallOptions,
    call: () => Promise<Result>,
    garble: (result: Result, chance: number) => Result = (result) => result,
  ): Promise<Result> => {
    const fails = random.next() < failureRate;
    const failsLate = random.next() < 0.5;
    const delayMs = random.next() < delayRate ? random.next() * maxDelayMs : 0;
    const garbles = random.next() < garbleRate;
    const chance = random.next();
    signal?.throwIfAborted();
    if (delayMs > 0) await clock.sleep({ delayMs, signal });
    if (fails && !failsLate) throw unavailable();
    const result = await call();
    if (fails) throw unavailable();
    return garbles ? garble(result, chance) : result;
  };

  return {
    capabilities: cache.capabilities,
    get: <Value>(key: string, callOptions: CacheCallOptions = {}) =>
      trouble(callOptions, () => cache.get<Value>(key, callOptions), garbleValue),
    set: (key, setOptions) => trouble(setOptions, () => cache.set(key, setOptions)),
    getOrSet: (key, loadOptions) => trouble(loadOptions, () => cache.getOrSet(key, loadOptions), garbleValue),
    delete: (key, callOptions = {}) => trouble(callOptions, () => cache.delete(key, callOptions)),
    invalidateByTag: (params) => trouble(params, () => cache.invalidateByTag(params)),
    invalidateByPattern: (params) => trouble(params, () => cache.invalidateByPattern(params)),
    clear: (callOptions = {}) => trouble(callOptions, () => cache.clear(callOptions)),
    statistics: (callOptions = {}) => trouble(callOptions, () => cache.statistics(callOptions)),
    subscribe: (listener) => cache.subscribe(listener),
  };
}

function unavailable(): Error {
  return cacheError('CACHE_UNAVAILABLE', 'The chaos cache refuses this call; that is what it is for.');
}

/** A value as a damaged or foreign entry would be; its type is a lie on purpose. */
function garbleValue<Value>(value: Value | undefined, chance: number): Value | undefined {
  if (value === undefined || chance < 0.25) return undefined;
  if (chance < 0.5) return 'garbled' as Value;
  if (chance < 0.75) return {} as Value;
  const text = JSON.stringify(value);
  return text.slice(0, Math.floor(text.length / 2)) as Value;
}
