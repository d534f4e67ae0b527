import { randomBytes } from 'node:crypto';
import { systemClock, systemRandom, silentLogger, type Storage } from '@postrider/core';
import { createMemoryStorage, describeStorageConformance, MemoryDatabase } from '@postrider/core/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createSealedStorage } from './sealed-storage.js';
import { Vault } from './vault.js';

const vault = new Vault(
  { keys: [randomBytes(32)] },
  { random: systemRandom, clock: systemClock, logger: silentLogger },
);
const databases = new WeakMap<Storage, MemoryDatabase>();

function open(database = new MemoryDatabase()): Storage {
  const storage = createSealedStorage(createMemoryStorage({ database }), vault);
  databases.set(storage, database);
  return storage;
}

// Whoever works with the sealed storage sees no difference to the one beneath.
describeStorageConformance(
  {
    name: 'sealed memory',
    capabilities: { durable: false, multiProcess: true },
    create: async () => {
      const storage = open();
      await storage.migrate({});
      return storage;
    },
    openAnother: async (storage) => open(databases.get(storage)),
    close: async () => undefined,
  },
  { describe, it, beforeAll, afterAll },
);
