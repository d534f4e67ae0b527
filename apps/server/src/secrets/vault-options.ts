import { join } from 'node:path';
import type { ServerConfig } from '../config/server-config.js';
import type { VaultOptions } from './vault.js';

/** The store that one process has for itself, and whose key can therefore be kept beside it. */
const embeddedPackage = '@postrider/storage-sqlite';

/** Where the keys of secrets at rest come from. */
export function vaultOptionsOf({ secretsKeys, storagePackage, dataDir }: ServerConfig): VaultOptions {
  const keyFile = storagePackage === embeddedPackage ? join(dataDir, 'secrets.key') : undefined;
  return { keys: secretsKeys, keyFile };
}
