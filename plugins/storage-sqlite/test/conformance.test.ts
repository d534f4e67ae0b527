import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeStorageConformance, FakeClock } from '@postrider/core/testing';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
const open = (path: string) => databases.open(path, { clock: new FakeClock() });

describeStorageConformance(
  {
    name: 'sqlite',
    capabilities: { durable: true, multiProcess: false },
    create: async () => {
      const storage = open(databases.newPath());
      await storage.migrate({});
      return storage;
    },
    openAnother: async (storage) => open(databases.pathOf(storage)),
    close: async () => databases.remove(),
  },
  { describe, it, beforeAll, afterAll },
);
