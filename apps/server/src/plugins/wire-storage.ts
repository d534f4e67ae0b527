import {
  bind,
  Random,
  Storage,
  StorageAdmin,
  wirePlugins,
  type Clock,
  type Logger,
  type PluginEntry,
} from '@postrider/core';
import { Vault, type VaultOptions } from '../secrets/vault.js';

const stopTimeoutMs = 5_000;

/** A store in the hands of its operator, without a server around it. */
export interface WiredStorage {
  /** What is kept, and as it is kept: secrets sealed. Works after `start`. */
  readonly storage: Storage;
  /** Absent when the plugin brings none. */
  readonly admin: StorageAdmin | undefined;
  /** Unlocked by whoever needs it, after `start`. */
  readonly vault: Vault;
  start(): Promise<void>;
  /** Safe to call at any time. */
  stop(): Promise<void>;
}

/** Wires the storage plugin alone. Starts nothing. Rejects with `PLUGIN_WIRING_FAILED`. */
export async function wireStorage(params: {
  readonly entry: PluginEntry;
  readonly vaultOptions: VaultOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): Promise<WiredStorage> {
  const { entry, vaultOptions, clock, random, logger } = params;
  const hostPorts = [bind(Random, random, { usableBeforeStart: true })];
  const kernel = await wirePlugins({ plugins: [entry], clock, logger, hostPorts, stopTimeoutMs });
  return {
    storage: kernel.get(Storage),
    admin: kernel.find(StorageAdmin),
    vault: new Vault(vaultOptions, { random, clock, logger }),
    start: () => kernel.start(),
    stop: async () => void (await kernel.stop()),
  };
}
