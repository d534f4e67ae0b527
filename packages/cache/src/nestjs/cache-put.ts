import type { Ttl } from '../ttl.js';
import { tagsOf, type CacheableOptions } from './cacheable.js';
import { decorateMethod, unlessUnavailable, type MethodDecoratorOf, type MethodKey } from './cached-method.js';

/** Where the result of a method goes. */
export interface CachePutOptions<Args extends unknown[]> {
  /** Must be the key of the `@Cacheable` method that reads it. */
  readonly key: MethodKey<Args>;
  /** By default the TTL of the cache. */
  readonly ttl?: Ttl | undefined;
  readonly tags?: CacheableOptions<Args>['tags'];
}

/**
 * Always runs the method, and stores what it resolves to; `undefined` removes the value. Two calls that run at once may
 * store in another order than they took effect in: where that matters use `@CacheEvict`.
 */
export function CachePut<Args extends unknown[]>(options: CachePutOptions<Args>): MethodDecoratorOf<Args> {
  const { key, ttl, tags } = options;
  return decorateMethod<Args>({
    key,
    around: async ({ cache, keyOf, proceed }, args) => {
      const value = await proceed();
      await unlessUnavailable('@CachePut', async () => {
        const found = keyOf();
        if (value === undefined) await cache.delete(found);
        else await cache.set(found, { value, ttl, tags: tagsOf(tags, args) });
      });
      return value;
    },
  });
}
