import type { Cache, CacheCapabilities } from '../../ports/cache.js';

/** How the conformance suite gets at the adapter under test. */
export interface CacheHarness {
  /** Names the adapter and the mode it runs in. */
  readonly name: string;

  /** What the adapter declares; the suite holds it to it, both ways. */
  readonly capabilities: CacheCapabilities;

  /**
   * The unit of the suite's TTLs, in milliseconds: values are looked at half a unit before and after their time. With a
   * fake clock 1 000 is as good as any; in real time as short as the adapter is precise.
   */
  readonly unitMs: number;

  /** An empty cache with room for 1 000 small values. Called once per case, and sees nothing of earlier ones. */
  create(): Promise<Cache>;

  /** Lets time pass, and then background loads store what they have; 0 does the latter alone. */
  advance(durationMs: number): Promise<void>;

  /** How many random histories each property of the `model` group plays; 50 by default. */
  readonly modelRuns?: number | undefined;

  /** Called once after everything, for what `create` left behind. */
  close(): Promise<void>;
}
