import { Inject } from '@nestjs/common';

/** Under which Nest knows the cache of the `CacheModule`. */
export const CACHE: unique symbol = Symbol.for('postrider.nestjs.cache') as never;

/** Injects the cache of the `CacheModule`: `constructor(@InjectCache() cache: Cache)`. */
export const InjectCache = (): ParameterDecorator & PropertyDecorator => Inject(CACHE);
