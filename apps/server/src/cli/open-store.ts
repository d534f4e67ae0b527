import { coreError, type StorageAdmin } from '@postrider/core';
import { readConfiguration } from '../config/load-config.js';
import type { ServerConfig } from '../config/server-config.js';
import { loadConfiguredPlugins } from '../plugins/configured-plugins.js';
import { wireStorage, type WiredStorage } from '../plugins/wire-storage.js';
import { vaultOptionsOf } from '../secrets/vault-options.js';
import { createCliLogger, type CliIo } from './cli-io.js';

/** The store that the configuration names, wired and not started. */
export interface CliStore extends WiredStorage {
  readonly config: ServerConfig;
}

/** Does something with the store and closes it. A schema that is behind is refused unless `autoMigrate`. */
export async function withStore<T>(
  io: CliIo,
  work: (store: CliStore) => Promise<T>,
  { autoMigrate = false }: { readonly autoMigrate?: boolean } = {},
): Promise<T> {
  const config = { ...readConfiguration(io.environment, io.directory), autoMigrate };
  const [entry] = await loadConfiguredPlugins(config, [config.storagePackage]);
  if (entry === undefined) throw new Error('Loading one plugin gave none.');
  const { clock, random } = io;
  const logger = createCliLogger(io);
  const wired = await wireStorage({ entry, vaultOptions: vaultOptionsOf(config), clock, random, logger });
  try {
    return await work({ ...wired, config });
  } finally {
    await wired.stop();
  }
}

/** The operator's side of the store. Throws `PORT_MISSING` where the plugin has none. */
export function adminOf({ admin, config }: CliStore): StorageAdmin {
  if (admin !== undefined) return admin;
  throw coreError(
    'PORT_MISSING',
    `${config.storagePackage} does not provide "postrider.storage_admin": use the tools of its database instead.`,
  );
}
