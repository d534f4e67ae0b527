import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import { createMemoryCache } from '../memory/memory-cache.js';
import type { MemoryCacheOptions } from '../memory/memory-cache-options.js';
import type { Cache } from '../ports/cache.js';
import { CACHE } from './inject-cache.js';

/** Either limits of a memory cache, or a cache of another kind. Whoever made that one also closes it. */
export type CacheModuleOptions = (MemoryCacheOptions & { readonly cache?: undefined }) | { readonly cache: Cache };

/** Options that come from other providers, such as a configuration service. */
export interface CacheModuleAsyncOptions<Injected extends readonly unknown[] = readonly never[]> {
  readonly imports?: ModuleMetadata['imports'];
  /** Tokens of what `useFactory` is called with. */
  readonly inject?: readonly InjectionToken[];
  readonly useFactory: (...injected: Injected) => CacheModuleOptions | Promise<CacheModuleOptions>;
}

/**
 * Gives the application one cache, under `@InjectCache()` and to the decorators of every provider; so import it once, in
 * the root module. Throws `CACHE_OPTIONS_INVALID` for limits out of range.
 */
@Module({})
export class CacheModule {
  /** By default a memory cache with the defaults of `createMemoryCache`. */
  static forRoot(options: CacheModuleOptions = {}): DynamicModule {
    return {
      module: CacheModule,
      global: true,
      providers: [{ provide: CACHE, useValue: toCache(options) }],
      exports: [CACHE],
    };
  }

  /** As `forRoot`, once the options are there. */
  static forRootAsync<Injected extends readonly unknown[]>(options: CacheModuleAsyncOptions<Injected>): DynamicModule {
    const { imports = [], inject = [], useFactory } = options;
    return {
      module: CacheModule,
      global: true,
      imports,
      providers: [
        {
          provide: CACHE,
          inject: [...inject],
          useFactory: async (...injected: unknown[]) => toCache(await useFactory(...(injected as unknown as Injected))),
        },
      ],
      exports: [CACHE],
    };
  }
}

function toCache(options: CacheModuleOptions): Cache {
  return options.cache ?? createMemoryCache(options);
}
