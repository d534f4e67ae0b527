import type { ConsumerRef, ConsumerStore } from '../../ports/consumer-store.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf } from './memory-database.js';

/** `ConsumerStore` in memory. */
export function createMemoryConsumerStore({ database, operation }: MemoryContext): ConsumerStore {
  return {
    getConsumerPosition: operation(({ consumer }) => database.consumerPositions.get(keyOfConsumer(consumer))),

    setConsumerPosition: operation(({ consumer, position }) => {
      if (!database.applicationOf(consumer)) return { outcome: 'parent_missing' };
      database.consumerPositions.set(keyOfConsumer(consumer), position);
      return { outcome: 'stored' };
    }),
  };
}

function keyOfConsumer({ environmentId, applicationId, sinkId, consumerId }: ConsumerRef): string {
  return keyOf(environmentId, applicationId, sinkId, consumerId);
}
