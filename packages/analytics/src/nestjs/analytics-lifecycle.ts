import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { MemoryUpkeep } from './memory-upkeep.js';

/** Under which the module tells itself what keeps its memory small; `undefined` for a store that was given. */
export const MEMORY_UPKEEP = Symbol('postrider.nestjs.analytics-memory-upkeep');

/** Keeps the memory small from the start of the application to its shutdown. */
@Injectable()
export class AnalyticsLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #upkeep: MemoryUpkeep | undefined;

  constructor(@Inject(MEMORY_UPKEEP) upkeep: MemoryUpkeep | undefined) {
    this.#upkeep = upkeep;
  }

  onApplicationBootstrap(): void {
    this.#upkeep?.start();
  }

  onApplicationShutdown(): void {
    this.#upkeep?.stop();
  }
}
