import type { KeyStore } from '../../ports/key-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { compareText } from './paginate.js';

/** `KeyStore` in memory. */
export function createMemoryKeyStore({ database, operation }: MemoryContext): KeyStore {
  const { keys } = database;
  return {
    createKey: operation(({ key }) => {
      if (keys.has(key.id)) return false;
      keys.set(key.id, copyPlain(key));
      return true;
    }),

    getKey: operation(({ keyId }) => copyPlain(keys.get(keyId))),

    listKeys: operation(({ environmentId }) =>
      [...keys.values()]
        .filter((key) => key.environmentId === environmentId)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareText(a.id, b.id))
        .map(copyPlain),
    ),

    revokeKey: operation(({ environmentId, keyId, revokedAt }) => {
      const key = keys.get(keyId);
      if (key?.environmentId !== environmentId) return false;
      keys.set(keyId, { ...key, revokedAt: key.revokedAt ?? new Date(revokedAt) });
      return true;
    }),

    touchKey: operation(({ keyId, lastUsedAt }) => {
      const key = keys.get(keyId);
      if (!key || (key.lastUsedAt && key.lastUsedAt >= lastUsedAt)) return;
      keys.set(keyId, { ...key, lastUsedAt: new Date(lastUsedAt) });
    }),
  };
}
