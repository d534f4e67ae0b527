import type { SharedState, SharedStateCapabilities } from '../../ports/shared-state.js';

/** What the suite needs of an adapter. */
export interface SharedStateHarness {
  readonly name: string;
  readonly capabilities: SharedStateCapabilities;
  /**
   * Length of the unit of time that the cases count in, a whole number of milliseconds. With a fake clock any will do; on
   * a server's clock it must be well above the longest call (100 for Redis), and the suite waits about 100 units.
   */
  readonly unitMs: number;
  /** An adapter on an empty store. */
  create(): Promise<SharedState>;
  /** Another adapter on the same store, as another process has it. Present when the capability `shared` is declared. */
  openAnother?(state: SharedState): Promise<SharedState>;
  /** The clock of the caller, in milliseconds since 1970. */
  nowMs(): number;
  /** Lets so much time pass for the store and for the caller. */
  advance(durationMs: number): Promise<void>;
  /** Releases everything, after all cases. */
  close(): Promise<void>;
}

/** The functions of vitest, node:test (`after` as `afterAll`), Jest and Mocha fit. */
export interface SuiteRunner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void>) => void;
  readonly afterAll: (body: () => Promise<void>) => void;
}
