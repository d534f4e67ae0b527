import type { Storage } from '../../ports/storage.js';
import type { StorageHarness } from '../storage-conformance/storage-harness.js';
import { MemoryDatabase } from './memory-database.js';
import { createMemoryStorage } from './memory-storage.js';

/** The memory storage for the conformance suite, each instance changed by `wrap`. */
export function createMemoryHarness(wrap?: (storage: Storage) => Storage): StorageHarness {
  const databases = new WeakMap<Storage, MemoryDatabase>();
  const open = (database = new MemoryDatabase()): Storage => {
    const memory = createMemoryStorage({ database });
    const storage = wrap?.(memory) ?? memory;
    databases.set(storage, database);
    return storage;
  };
  return {
    name: 'memory',
    capabilities: { durable: false, multiProcess: true },
    modelRuns: 300,
    // A bug that was planted need not be understood.
    modelShrinks: wrap === undefined,
    create: async () => {
      const storage = open();
      await storage.migrate({});
      return storage;
    },
    openAnother: async (storage) => open(databases.get(storage)),
    close: async () => undefined,
  };
}
