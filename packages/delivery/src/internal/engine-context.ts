import type { Clock, IdGenerator, Invalidations, Logger, Random, Storage, Wake } from '@postrider/core';
import type { ResolvedOptions } from '../options.js';
import type { Failpoints } from '../ports/failpoints.js';
import type { Counters } from './counters.js';
import type { Observers } from './observers.js';

/** What the parts of one engine share. */
export interface EngineContext {
  readonly store: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly wake: Wake;
  readonly invalidations: Invalidations;
  readonly failpoints: Failpoints;
  readonly options: ResolvedOptions;
  readonly counters: Counters;
  readonly observers: Observers;
}
