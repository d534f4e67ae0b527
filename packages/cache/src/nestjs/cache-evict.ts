import type { Cache } from '../ports/cache.js';
import { tagsOf, type CacheableOptions } from './cacheable.js';
import { decorateMethod, unlessUnavailable, type MethodDecoratorOf, type MethodKey } from './cached-method.js';

/** What a method makes out of date; at least one of them. */
export interface CacheEvictOptions<Args extends unknown[]> {
  /** The key of the `@Cacheable` method. */
  readonly key?: MethodKey<Args> | undefined;
  readonly tags?: CacheableOptions<Args>['tags'];
  /** A pattern of keys, as `invalidateByPattern` takes it. */
  readonly pattern?: string | ((...args: Args) => string) | undefined;
  /** Everything in the cache. */
  readonly all?: boolean | undefined;
}

/**
 * Runs the method, and when it has resolved removes what it made out of date; loads under way keep nothing either. When
 * it rejects nothing is removed.
 */
export function CacheEvict<Args extends unknown[]>(options: CacheEvictOptions<Args>): MethodDecoratorOf<Args> {
  const { key, tags, pattern, all } = options;
  if (key === undefined && tags === undefined && pattern === undefined && all !== true) {
    throw new TypeError('@CacheEvict has nothing to evict; expected key, tags, pattern or all.');
  }
  return decorateMethod<Args>({
    key,
    around: async ({ cache, keyOf, proceed }, args) => {
      const value = await proceed();
      await unlessUnavailable('@CacheEvict', () => evict({ cache, key: key && keyOf(), ...targetsOf(options, args) }));
      return value;
    },
  });
}

interface Targets {
  readonly tags: readonly string[];
  readonly pattern: string | undefined;
  readonly all: boolean;
}

function targetsOf<Args extends unknown[]>(
  { tags, pattern, all = false }: CacheEvictOptions<Args>,
  args: Args,
): Targets {
  return {
    tags: tagsOf(tags, args) ?? [],
    pattern: typeof pattern === 'function' ? pattern(...args) : pattern,
    all,
  };
}

async function evict(params: Targets & { readonly cache: Cache; readonly key: string | undefined }): Promise<void> {
  const { cache, key, tags, pattern, all } = params;
  if (all) return cache.clear();
  if (key !== undefined) await cache.delete(key);
  for (const tag of tags) await cache.invalidateByTag({ tag });
  if (pattern !== undefined) await cache.invalidateByPattern({ pattern });
}
