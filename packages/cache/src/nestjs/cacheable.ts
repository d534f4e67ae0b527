import type { Ttl } from '../ttl.js';
import { decorateMethod, isUnavailable, type MethodDecoratorOf, type MethodKey } from './cached-method.js';

/** How the results of a method are kept. */
export interface CacheableOptions<Args extends unknown[]> {
  readonly key?: MethodKey<Args> | undefined;
  /** By default the TTL of the cache. */
  readonly ttl?: Ttl | undefined;
  /** Names for `@CacheEvict` and `invalidateByTag`, the same for all calls or made of the arguments. */
  readonly tags?: readonly string[] | ((...args: Args) => readonly string[]) | undefined;
  /** How long to remember that a call resolved to `undefined`; by default not at all. */
  readonly negativeTtl?: Ttl | undefined;
  /** How long after the TTL the old result is still returned while a new one is fetched; by default not at all. */
  readonly staleTtl?: Ttl | undefined;
}

/**
 * Answers calls of an asynchronous method from the cache. Calls with equal arguments that come while one runs wait for
 * it. What it throws reaches all of them and is not kept. A cache that is away (`CACHE_UNAVAILABLE`) is gone around.
 *
 * Results are shared between callers, who must not change them; with a cache that is not in this process they must be
 * JSON data.
 */
export function Cacheable<Args extends unknown[]>(options: CacheableOptions<Args> = {}): MethodDecoratorOf<Args> {
  const { key, tags, ttl, negativeTtl, staleTtl } = options;
  return decorateMethod<Args>({
    key,
    around: async ({ cache, keyOf, proceed }, args) => {
      let running: Promise<unknown> | undefined;
      const load = () => (running = proceed());
      try {
        return await cache.getOrSet(keyOf(), { load, tags: tagsOf(tags, args), ttl, negativeTtl, staleTtl });
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        return running ?? proceed();
      }
    },
  });
}

/** The tags of a call. */
export function tagsOf<Args extends unknown[]>(
  tags: CacheableOptions<Args>['tags'],
  args: Args,
): readonly string[] | undefined {
  return typeof tags === 'function' ? tags(...args) : tags;
}
