import type { EventType, EventTypeStore } from '@postrider/core';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { SqliteConnection } from '../connection.js';
import { buildInsert, buildUpdate } from '../entities/build-writes.js';
import { replaceable } from '../entities/columns.js';
import { eventTypeColumns, eventTypeEntity } from '../entities/event-type-entity.js';
import { readEntityPage } from '../page.js';
import { createRecord, replaceRecord, type StoredVersion } from './record-writes.js';

const selectVersion = 'SELECT version, created_at FROM event_types WHERE environment_id = ? AND name = ?';
const deleteEventType = 'DELETE FROM event_types WHERE environment_id = ? AND name = ?';

/** Event types in SQLite. */
export function createEventTypeStore(connection: SqliteConnection): EventTypeStore {
  const select = (environmentId: string): SelectQueryBuilder<EventType> =>
    connection.orm.createQueryBuilder(eventTypeEntity, 'eventType').where({ environmentId });

  return {
    createEventType: ({ eventType, signal }) =>
      connection.run(signal, () => {
        const insert = buildInsert(connection.orm, eventTypeEntity, [eventType]);
        return createRecord({
          connection,
          record: eventType,
          keyIsUid: true,
          insert: () => connection.execute(insert),
        });
      }),

    getEventType: ({ environmentId, name, signal }) =>
      connection.run(signal, async () => (await select(environmentId).andWhere({ name }).getOne()) ?? undefined),

    listEventTypes: ({ environmentId, includeArchived, page, signal }) =>
      connection.run(signal, () => {
        const query = select(environmentId);
        if (!includeArchived) query.andWhere({ archived: false });
        return readEntityPage({ query, key: 'name', page });
      }),

    findEventTypes: ({ environmentId, names, signal }) =>
      connection.run<EventType[]>(signal, () =>
        select(environmentId)
          .andWhere({ name: In([...names]) })
          .getMany(),
      ),

    replaceEventType: ({ eventType, signal }) =>
      connection.run(signal, () => {
        const { environmentId, name } = eventType;
        const values = replaceable(eventTypeColumns, eventType, ['environmentId', 'name', 'createdAt']);
        const update = buildUpdate(connection.orm, eventTypeEntity, values).where({ environmentId, name });
        return replaceRecord({
          connection,
          record: eventType,
          readStored: () => connection.statement<StoredVersion>(selectVersion).get(environmentId, name),
          update: () => connection.execute(update),
        });
      }),

    deleteEventType: ({ environmentId, name, signal }) =>
      connection.run(signal, () => {
        const { changes } = connection.write(() => connection.statement(deleteEventType).run(environmentId, name));
        return { outcome: changes === 1 ? 'deleted' : 'not_found' };
      }),
  };
}
