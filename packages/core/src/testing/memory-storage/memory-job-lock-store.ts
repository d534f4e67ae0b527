import type { JobLockStore } from '../../ports/job-lock-store.js';
import type { MemoryContext } from './memory-context.js';

/** `JobLockStore` in memory. */
export function createMemoryJobLockStore({ database, operation }: MemoryContext): JobLockStore {
  const { jobLocks } = database;
  return {
    acquireJobLock: operation(({ name, holder, until, now }) => {
      const held = jobLocks.get(name);
      if (held !== undefined && held.holder !== holder && held.until > now) return { acquired: false };
      jobLocks.set(name, { holder, until: new Date(until) });
      return { acquired: true };
    }),

    releaseJobLock: operation(({ name, holder }) => {
      if (jobLocks.get(name)?.holder === holder) jobLocks.delete(name);
    }),
  };
}
