import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import type { ResilienceModuleAsyncOptions, ResilienceModuleOptions } from './resilience-options.js';
import { Resilience } from './resilience.js';

/** The token of the module's options. */
export const RESILIENCE_OPTIONS: unique symbol = Symbol.for('postrider.resilience.options') as never;

/** Makes the decorators work, in every module of the application: import it once, at the root. */
@Module({})
export class ResilienceModule {
  /** With options that are known. */
  static forRoot(options: ResilienceModuleOptions = {}): DynamicModule {
    return build([{ provide: RESILIENCE_OPTIONS, useValue: options }]);
  }

  /** With options that other providers know, such as a state in Redis. */
  static forRootAsync(options: ResilienceModuleAsyncOptions): DynamicModule {
    const { imports = [], inject = [], useFactory } = options;
    const factory: FactoryProvider<ResilienceModuleOptions> = {
      provide: RESILIENCE_OPTIONS,
      inject: [...inject] as NonNullable<FactoryProvider['inject']>,
      useFactory: useFactory as FactoryProvider<ResilienceModuleOptions>['useFactory'],
    };
    return build([factory], [...imports] as NonNullable<ModuleMetadata['imports']>);
  }
}

function build(
  options: NonNullable<DynamicModule['providers']>,
  imports: NonNullable<ModuleMetadata['imports']> = [],
): DynamicModule {
  const resilience: FactoryProvider<Resilience> = {
    provide: Resilience,
    inject: [RESILIENCE_OPTIONS],
    useFactory: (resolved: ResilienceModuleOptions) => new Resilience(resolved),
  };
  return {
    module: ResilienceModule,
    global: true,
    imports,
    providers: [...options, resilience],
    exports: [Resilience],
  };
}
