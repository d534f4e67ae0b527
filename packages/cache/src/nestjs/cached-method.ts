import { isPostriderError } from '@postrider/core';
import { Logger } from '@nestjs/common';
import { cacheKey } from '../cache-key.js';
import type { Cache } from '../ports/cache.js';
import { InjectCache } from './inject-cache.js';

/** A method that a cache can stand in front of. */
export type CachedMethod = (...args: never[]) => Promise<unknown>;

/** Decorates methods that begin with these arguments; the compiler refuses others, and those that are not asynchronous. */
export type MethodDecoratorOf<Args extends unknown[]> = <Method extends CachedMethod>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method> & (Parameters<Method> extends [...Args, ...unknown[]] ? unknown : never),
) => void;

/**
 * What names a cached value: a text, to which the arguments are added by `cacheKey`, or a function of the arguments
 * that makes the whole key. By default `<class>.<method>` and the arguments.
 */
export type MethodKey<Args extends unknown[]> = string | ((...args: Args) => string);

/** One call of a decorated method. */
export interface MethodCall {
  readonly cache: Cache;
  readonly keyOf: () => string;
  readonly proceed: () => Promise<unknown>;
}

const injected = Symbol('postrider.nestjs.cache');
const logger = new Logger('CacheModule');

/**
 * Puts `around` around the method. The cache comes as a property that Nest injects into every instance, whatever its
 * scope, so calls work from the first one on, also in `onModuleInit`.
 */
export function decorateMethod<Args extends unknown[]>(params: {
  readonly key?: MethodKey<Args> | undefined;
  readonly around: (call: MethodCall, args: Args) => Promise<unknown>;
}): MethodDecoratorOf<Args> {
  return (target, name, descriptor) => {
    const method = descriptor.value as ((...args: Args) => Promise<unknown>) | undefined;
    if (method === undefined) throw new TypeError(`${String(name)} is not a method: decorate methods only.`);
    const { key = `${target.constructor.name}.${String(name)}` } = params;
    InjectCache()(target, injected);
    const cached = async function (this: { readonly [injected]?: Cache }, ...args: Args) {
      const proceed = () => method.apply(this, args);
      const cache = this[injected];
      // An instance that Nest did not make, as in a unit test.
      if (cache === undefined) return proceed();
      const keyOf = () => (typeof key === 'string' ? cacheKey(key, ...args) : key(...args));
      return params.around({ cache, keyOf, proceed }, args);
    };
    descriptor.value = cached as unknown as typeof descriptor.value;
  };
}

/** Whether the cache is away, which must not keep the application from working. */
export function isUnavailable(error: unknown): boolean {
  return isPostriderError(error, 'CACHE_UNAVAILABLE');
}

/** Runs what follows a method that has already taken effect: a cache that is away is told to the log alone. */
export async function unlessUnavailable(name: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    logger.warn(`${name}: the cache is not available; what it holds may be out of date until its TTL is over`);
  }
}
