import type { Storage, StorageCapabilities } from '../../ports/storage.js';

/** How the conformance suite gets at the adapter under test. */
export interface StorageHarness {
  /** Names the adapter and the mode it runs in. */
  readonly name: string;

  /** What the adapter declares; the suite holds it to it, both ways. */
  readonly capabilities: StorageCapabilities;

  /** A fresh, migrated, empty store. The suite closes it. Called many times, mostly one after another. */
  create(): Promise<Storage>;

  /**
   * Another instance on the data of `storage`, which `create` made and which may be closed by now. Not migrated: the
   * suite calls `migrate` itself, and closes it. Needed when the adapter is `durable` or `multiProcess`.
   */
  openAnother?(storage: Storage): Promise<Storage>;

  /** How many random histories the `model` group plays, of up to 40 calls each; 25 by default. */
  readonly modelRuns?: number | undefined;

  /** Whether a history that breaks a rule is made as short as it can be before it is shown; `true` by default. */
  readonly modelShrinks?: boolean | undefined;

  /** Called once after everything, for what `create` left behind. */
  close(): Promise<void>;
}
