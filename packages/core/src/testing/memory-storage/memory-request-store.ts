import type { RequestStore } from '../../ports/request-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf } from './memory-database.js';

/** `RequestStore` in memory. */
export function createMemoryRequestStore({ database, operation }: MemoryContext): RequestStore {
  const { requests } = database;
  const isHeldBy = (id: string, holder: string): boolean => {
    const stored = requests.get(id);
    return stored !== undefined && stored.holder === holder && stored.answer === undefined;
  };
  return {
    reserveRequest: operation(({ environmentId, key, fingerprint, holder, heldUntil, expiresAt, now }) => {
      const id = keyOf(environmentId, key);
      const stored = requests.get(id);
      if (stored !== undefined && stored.expiresAt >= now) {
        if (stored.fingerprint !== fingerprint) return { outcome: 'mismatch' };
        if (stored.answer !== undefined) return { outcome: 'answered', answer: copyPlain(stored.answer) };
        if (stored.heldUntil > now) return { outcome: 'running', heldUntil: new Date(stored.heldUntil) };
      }
      requests.set(id, copyPlain({ fingerprint, holder, heldUntil, expiresAt }));
      return { outcome: 'reserved' };
    }),

    answerRequest: operation(({ environmentId, key, holder, answer }) => {
      const id = keyOf(environmentId, key);
      const stored = requests.get(id);
      if (stored === undefined || !isHeldBy(id, holder)) return false;
      requests.set(id, { ...stored, answer: copyPlain(answer) });
      return true;
    }),

    releaseRequest: operation(({ environmentId, key, holder }) => {
      const id = keyOf(environmentId, key);
      if (isHeldBy(id, holder)) requests.delete(id);
    }),
  };
}
