import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { systemClock, type Clock, type Logger } from '@postrider/core';
import { createHealthRegistry, type HealthRegistry } from '../checks/health-registry.js';
import type { HealthCheck } from '../ports/health-check.js';
import { createHealthController } from './health.controller.js';
import { RegistryIndicator } from './registry-indicator.js';
import { HEALTH } from './tokens.js';

/** Options of the `HealthModule`. */
export interface HealthModuleOptions {
  /** Checks from the beginning; providers add others with `health.add(…)`. */
  readonly checks?: readonly HealthCheck[] | undefined;
  /** Where the routes are. Default `health`; `false` makes none, for controllers of your own. */
  readonly path?: string | false | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

/** Moves the registry through the life of the application. */
@Injectable()
class HealthLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #health: HealthRegistry;

  constructor(@Inject(HEALTH) health: HealthRegistry) {
    this.#health = health;
  }

  onApplicationBootstrap(): void {
    this.#health.markRunning();
  }

  beforeApplicationShutdown(): void {
    this.#health.markDraining();
  }
}

/**
 * Gives the application one health registry, under `@InjectHealth()`, its probes as routes and as indicators of
 * `@nestjs/terminus` (`RegistryIndicator`); import it once. Ready from the start of the application until it shuts down.
 */
@Module({})
export class HealthModule {
  /** Throws `CONFIG_INVALID` for checks that make no sense. */
  static forRoot({ checks, path = 'health', clock = systemClock, logger }: HealthModuleOptions = {}): DynamicModule {
    return {
      module: HealthModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: path === false ? [] : [createHealthController(path)],
      providers: [
        { provide: HEALTH, useValue: createHealthRegistry({ clock, logger, checks }) },
        HealthLifecycle,
        RegistryIndicator,
      ],
      exports: [HEALTH, RegistryIndicator, TerminusModule],
    };
  }
}
