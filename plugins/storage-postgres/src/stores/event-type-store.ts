import type { EventType, EventTypeStore } from '@postrider/core';
import { In, type QueryDeepPartialEntity } from 'typeorm';
import type { PostgresContext } from '../context.js';
import { keyCondition, readLimit, toPage, windowOf } from '../database/paging.js';
import { toRecord, toRow } from '../database/rows.js';
import { eventTypeEntity, type EventTypeRow } from '../entities/entities.js';
import { constraintOf } from '../errors.js';

const columns = [
  'environmentId',
  'name',
  'description',
  'deprecated',
  'archived',
  'schemas',
  'featureFlags',
  'groupName',
  'version',
  'createdAt',
  'updatedAt',
] as const;
// Schemas are JSON of any shape, which TypeORM's types of what can be written do not know: hence the assertions below.
const toEventType = (row: EventTypeRow): EventType => toRecord<EventType>(row);

/** Event types in PostgreSQL. */
export function createPostgresEventTypeStore({ orm, operation }: PostgresContext): EventTypeStore {
  const eventTypes = () => orm.getRepository(eventTypeEntity);

  return {
    createEventType: operation(async ({ eventType }) => {
      try {
        await eventTypes().insert(toRow(eventType, columns) as QueryDeepPartialEntity<EventTypeRow>);
        return { outcome: 'created', record: eventType };
      } catch (error) {
        if (constraintOf(error) === 'event_types_environment') return { outcome: 'parent_missing' };
        if (constraintOf(error) === 'event_types_pkey') return { outcome: 'uid_taken' };
        throw error;
      }
    }),

    getEventType: operation(async ({ environmentId, name }) => {
      const row = await eventTypes().findOneBy({ environmentId, name });
      return row === null ? undefined : toEventType(row);
    }),

    listEventTypes: operation(async ({ environmentId, includeArchived, page }) => {
      const name = keyCondition(page);
      const where = includeArchived ? { environmentId } : { environmentId, archived: false };
      const rows = await eventTypes().find({
        where: name === undefined ? where : { ...where, name },
        order: { name: windowOf(page).direction },
        take: readLimit(page),
      });
      return toPage({ rows, page, toItem: toEventType });
    }),

    findEventTypes: operation(async ({ environmentId, names }) => {
      const rows = await eventTypes().findBy({ environmentId, name: In([...names]) });
      return rows.map(toEventType);
    }),

    replaceEventType: operation(async ({ eventType }) => {
      const { environmentId, name, createdAt: _, ...changes } = toRow(eventType, columns);
      const { affected } = await eventTypes().update(
        { environmentId, name, version: eventType.version - 1 },
        changes as QueryDeepPartialEntity<EventTypeRow>,
      );
      const stored = await eventTypes().findOneBy({ environmentId, name });
      if (affected === 1 && stored !== null) {
        return { outcome: 'replaced', record: toEventType({ ...stored, ...changes }) };
      }
      return { outcome: stored === null ? 'not_found' : 'version_mismatch' };
    }),

    deleteEventType: operation(async ({ environmentId, name }) => {
      const { affected } = await eventTypes().delete({ environmentId, name });
      return { outcome: affected === 1 ? 'deleted' : 'not_found' };
    }),
  };
}
