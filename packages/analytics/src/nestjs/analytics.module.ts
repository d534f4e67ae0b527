import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { systemClock } from '@postrider/core';
import { createMemoryAnalyticsStore } from '../analytics-store.js';
import { createAnalytics, type Analytics } from '../create-analytics.js';
import { AnalyticsLifecycle, MEMORY_UPKEEP } from './analytics-lifecycle.js';
import type { AnalyticsModuleAsyncOptions, AnalyticsModuleOptions } from './analytics-module-options.js';
import { ANALYTICS } from './inject-analytics.js';
import { MemoryUpkeep } from './memory-upkeep.js';

/** What the options come to. */
interface Parts {
  readonly analytics: Analytics;
  readonly upkeep: MemoryUpkeep | undefined;
}

const PARTS = Symbol('postrider.nestjs.analytics-parts');

/** Gives the application analytics, under `@InjectAnalytics()`; import it once, in the root module. */
@Module({})
export class AnalyticsModule {
  /** By default with counts in memory. Throws `CONFIG_INVALID` for a retention that makes no sense. */
  static forRoot(options: AnalyticsModuleOptions = {}): DynamicModule {
    return build({ provide: PARTS, useValue: toParts(options) });
  }

  /** As `forRoot`, once the options are there. */
  static forRootAsync<Injected extends readonly unknown[]>(
    options: AnalyticsModuleAsyncOptions<Injected>,
  ): DynamicModule {
    const { imports = [], inject = [], useFactory } = options;
    const parts: Provider<Parts> = {
      provide: PARTS,
      inject: [...inject],
      useFactory: async (...injected: unknown[]) => toParts(await useFactory(...(injected as unknown as Injected))),
    };
    return build(parts, imports);
  }
}

function build(parts: Provider<Parts>, imports: DynamicModule['imports'] = []): DynamicModule {
  return {
    module: AnalyticsModule,
    global: true,
    imports,
    providers: [
      parts,
      { provide: ANALYTICS, inject: [PARTS], useFactory: ({ analytics }: Parts) => analytics },
      { provide: MEMORY_UPKEEP, inject: [PARTS], useFactory: ({ upkeep }: Parts) => upkeep },
      AnalyticsLifecycle,
    ],
    exports: [ANALYTICS],
  };
}

function toParts({ store, retentionDays = 30, clock = systemClock, random }: AnalyticsModuleOptions): Parts {
  if (store !== undefined) return { analytics: createAnalytics({ store, clock, random }), upkeep: undefined };
  const memory = createMemoryAnalyticsStore();
  return {
    analytics: createAnalytics({ store: memory, clock, random }),
    upkeep: new MemoryUpkeep({ store: memory, clock, retentionDays }),
  };
}
