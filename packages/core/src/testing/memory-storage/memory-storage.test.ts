import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Storage } from '../../ports/storage.js';
import { describeStorageConformance } from '../storage-conformance/describe-storage-conformance.js';
import { MemoryDatabase } from './memory-database.js';
import { createMemoryStorage } from './memory-storage.js';

const databases = new WeakMap<Storage, MemoryDatabase>();

describeStorageConformance(
  {
    name: 'memory',
    capabilities: { durable: false, multiProcess: true },
    create: async () => {
      const database = new MemoryDatabase();
      const storage = createMemoryStorage({ database });
      databases.set(storage, database);
      await storage.migrate({});
      return storage;
    },
    openAnother: async (storage) => createMemoryStorage({ database: databases.get(storage) }),
    close: async () => undefined,
  },
  { describe, it, beforeAll, afterAll },
);
