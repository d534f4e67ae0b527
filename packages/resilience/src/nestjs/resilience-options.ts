import type { CallClock } from '../ports/clock.js';
import type { SharedState } from '../ports/shared-state.js';
import type { RetryBudget } from '../retry/retry-budget.js';

/** What all decorated methods of an application have in common. */
export interface ResilienceModuleOptions {
  /** Where breakers and limiters are kept. Default: in this process (`createLocalState`). */
  readonly state?: SharedState | undefined;
  /** Shared by all `@Retry` methods. Default: at most half of the attempts of a minute are retries. */
  readonly retryBudget?: RetryBudget | undefined;
  /** Default: the clock of this machine. */
  readonly clock?: CallClock | undefined;
  /** Numbers in [0, 1), for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** How `forRootAsync` gets its options. */
export interface ResilienceModuleAsyncOptions {
  readonly imports?: readonly unknown[] | undefined;
  readonly inject?: readonly unknown[] | undefined;
  readonly useFactory: (...dependencies: never[]) => ResilienceModuleOptions | Promise<ResilienceModuleOptions>;
}
