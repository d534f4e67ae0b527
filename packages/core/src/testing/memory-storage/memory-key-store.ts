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
        .filter((key) => key.environmentId === environmentId && key.applicationId === undefined)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareText(a.id, b.id))
        .map(copyPlain),
    ),

    revokeKey: operation(({ environmentId, keyId, revokedAt }) => {
      const key = keys.get(keyId);
      if (key?.environmentId !== environmentId) return false;
      keys.set(keyId, {
        ...key,
        revokedAt: new Date(Math.min(key.revokedAt?.getTime() ?? Infinity, revokedAt.getTime())),
      });
      return true;
    }),

    limitKey: operation(({ environmentId, keyId, expiresAt }) => {
      const key = keys.get(keyId);
      if (key?.environmentId !== environmentId) return false;
      if (key.expiresAt === undefined || key.expiresAt > expiresAt) {
        keys.set(keyId, { ...key, expiresAt: new Date(expiresAt) });
      }
      return true;
    }),

    revokePortalTokens: operation(({ environmentId, applicationId, sessionIds, revokedAt }) => {
      const wanted = [...keys.values()].filter(
        (key) =>
          key.environmentId === environmentId &&
          key.applicationId === applicationId &&
          (key.revokedAt === undefined || key.revokedAt > revokedAt) &&
          (sessionIds === undefined || (key.sessionId !== undefined && sessionIds.includes(key.sessionId))),
      );
      for (const key of wanted) keys.set(key.id, { ...key, revokedAt: new Date(revokedAt) });
      return wanted.length;
    }),

    touchKey: operation(({ keyId, lastUsedAt }) => {
      const key = keys.get(keyId);
      if (!key || (key.lastUsedAt && key.lastUsedAt >= lastUsedAt)) return;
      keys.set(keyId, { ...key, lastUsedAt: new Date(lastUsedAt) });
    }),
  };
}
