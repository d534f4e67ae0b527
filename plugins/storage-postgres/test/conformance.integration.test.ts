import { describeStorageConformance } from '@postrider/core/testing';
import { requireService } from '@postrider/test-support';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { TestStorages } from './support/test-storages.js';

const postgres = requireService('postgres', import.meta.url);
const storages = new TestStorages({ reuseSchemas: true });

describe.skipIf(!postgres.available)('in a schema of its own', () => {
  describeStorageConformance(
    {
      name: 'postgres',
      capabilities: { durable: true, multiProcess: true },
      create: () => storages.create(),
      openAnother: (storage) => storages.openAnother(storage),
      close: () => storages.drop(),
    },
    { describe, it, beforeAll, afterAll },
  );
});
