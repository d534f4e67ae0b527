import type { InjectionToken, ModuleMetadata } from '@nestjs/common';
import type { Clock, Random } from '@postrider/core';
import type { AnalyticsStore } from '../analytics-store.js';

/** Options of the `AnalyticsModule`; all of them have defaults. */
export interface AnalyticsModuleOptions {
  /** Where counts are kept, such as a storage of Postrider. By default in memory, compacted every five minutes. */
  readonly store?: AnalyticsStore | undefined;
  /** How long the memory keeps counts, in days. Default 30. A store that is given forgets by its own rules. */
  readonly retentionDays?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Names this writer of counts; the system's generator by default. */
  readonly random?: Pick<Random, 'bytes'> | undefined;
}

/** Options that come from other providers, such as a configuration service. */
export interface AnalyticsModuleAsyncOptions<Injected extends readonly unknown[] = readonly never[]> {
  readonly imports?: ModuleMetadata['imports'];
  /** Tokens of what `useFactory` is called with. */
  readonly inject?: readonly InjectionToken[];
  readonly useFactory: (...injected: Injected) => AnalyticsModuleOptions | Promise<AnalyticsModuleOptions>;
}
