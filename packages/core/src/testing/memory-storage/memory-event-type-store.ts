import type { EventType } from '../../domain/event-type.js';
import type { EventTypeStore } from '../../ports/event-type-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';
import { keyOf } from './memory-database.js';
import { paginate } from './paginate.js';

/** `EventTypeStore` in memory. */
export function createMemoryEventTypeStore({ database, operation }: MemoryContext): EventTypeStore {
  const { eventTypes } = database;
  const find = (environmentId: string, name: string): EventType | undefined =>
    eventTypes.get(keyOf(environmentId, name));

  return {
    createEventType: operation(({ eventType }) => {
      const { environmentId, name } = eventType;
      if (!database.environments.has(environmentId)) return { outcome: 'parent_missing' };
      if (find(environmentId, name)) return { outcome: 'uid_taken' };
      eventTypes.set(keyOf(environmentId, name), copyPlain(eventType));
      return { outcome: 'created', record: copyPlain(eventType) };
    }),

    getEventType: operation(({ environmentId, name }) => copyPlain(find(environmentId, name))),

    listEventTypes: operation(({ environmentId, includeArchived, page }) => {
      const items = [...eventTypes.values()].filter(
        (eventType) => eventType.environmentId === environmentId && (includeArchived || !eventType.archived),
      );
      return paginate({ items, keyOf: ({ name }) => name, page });
    }),

    findEventTypes: operation(({ environmentId, names }) =>
      [...new Set(names)].flatMap((name) => copyPlain(find(environmentId, name)) ?? []),
    ),

    replaceEventType: operation(({ eventType }) => {
      const { environmentId, name } = eventType;
      const stored = find(environmentId, name);
      if (!stored) return { outcome: 'not_found' };
      if (stored.version !== eventType.version - 1) return { outcome: 'version_mismatch' };
      const record = copyPlain({ ...eventType, createdAt: stored.createdAt });
      eventTypes.set(keyOf(environmentId, name), record);
      return { outcome: 'replaced', record: copyPlain(record) };
    }),

    deleteEventType: operation(({ environmentId, name }) => {
      const existed = eventTypes.delete(keyOf(environmentId, name));
      return { outcome: existed ? 'deleted' : 'not_found' };
    }),
  };
}
