import type { Application, ApplicationStore, Environment, RollupAccumulator } from '@postrider/core';
import type { SelectQueryBuilder } from 'typeorm';
import type { SqliteConnection } from '../connection.js';
import { applicationColumns, applicationEntity } from '../entities/application-entity.js';
import { buildInsert, buildUpdate } from '../entities/build-writes.js';
import { replaceable } from '../entities/columns.js';
import { environmentEntity } from '../entities/environment-entity.js';
import { readEntityPage } from '../page.js';
import { endBacklog, endFirstPending, endLeased, removeQueues, type Ending } from './end-deliveries.js';
import { RollupCount } from './rollup-count.js';
import { createRecord, replaceRecord, type StoredVersion } from './record-writes.js';

const selectVersion = 'SELECT version, created_at FROM applications WHERE id = ? AND environment_id = ?';
const selectEndpointIds = 'SELECT id FROM endpoints WHERE application_id = ?';
const deleteEndpoints = 'DELETE FROM endpoints WHERE application_id = ?';
const deleteApplication = 'DELETE FROM applications WHERE id = ?';

/** Environments and applications in SQLite. */
export function createApplicationStore(
  connection: SqliteConnection,
  deps: { rollups: RollupAccumulator },
): ApplicationStore {
  const select = (environmentId: string): SelectQueryBuilder<Application> =>
    connection.orm
      .createQueryBuilder(applicationEntity, 'application')
      .where('application.environmentId = :environmentId', { environmentId });
  const readVersion = (environmentId: string, id: string): StoredVersion | undefined =>
    connection.statement<StoredVersion>(selectVersion).get(id, environmentId);

  return {
    ensureEnvironment: ({ environment, signal }) =>
      connection.run(signal, () => {
        const insert = buildInsert(connection.orm, environmentEntity, [environment]).orIgnore();
        connection.write(() => connection.execute(insert));
        return connection.orm.getRepository(environmentEntity).findOneByOrFail({ id: environment.id });
      }),

    listEnvironments: ({ signal }) =>
      connection.run<Environment[]>(signal, () =>
        connection.orm.getRepository(environmentEntity).find({ order: { createdAt: 'ASC', id: 'ASC' } }),
      ),

    createApplication: ({ application, signal }) =>
      connection.run(signal, () => {
        const insert = buildInsert(connection.orm, applicationEntity, [application]);
        return createRecord({ connection, record: application, insert: () => connection.execute(insert) });
      }),

    getApplication: ({ environmentId, application: ref, signal }) =>
      connection.run(signal, async () => {
        const application = await select(environmentId).andWhere(ref).getOne();
        return application ?? undefined;
      }),

    listApplications: ({ environmentId, page, signal }) =>
      connection.run(signal, () => readEntityPage({ query: select(environmentId), key: 'id', page })),

    replaceApplication: ({ application, signal }) =>
      connection.run(signal, () => {
        const { id, environmentId } = application;
        const values = replaceable(applicationColumns, application, ['id', 'environmentId', 'createdAt']);
        const update = buildUpdate(connection.orm, applicationEntity, values).where({ id });
        return replaceRecord({
          connection,
          record: application,
          readStored: () => readVersion(environmentId, id),
          update: () => connection.execute(update),
        });
      }),

    deleteApplication: ({ environmentId, applicationId, deletedAt, signal }) =>
      connection.run(signal, async () => {
        const ending: Ending = { as: { status: 'cancelled', reason: 'endpoint_deleted' }, endedAt: deletedAt };
        const endpointIds = connection
          .statement<{ readonly id: string }>(selectEndpointIds)
          .all(applicationId)
          .map(({ id }) => id);
        const { rollups } = deps;
        const count = new RollupCount(connection, rollups);
        const first = connection.write(() => {
          if (readVersion(environmentId, applicationId) === undefined) return undefined;
          const leased = endLeased(connection, { applicationId, ending });
          const { ended: pending, isAll } = endFirstPending(connection, { endpointIds, ending });
          const ended = [...leased, ...pending];
          count.write({ ended, recordedAt: deletedAt });
          removeQueues(connection, { endpointIds, isEmpty: isAll });
          connection.statement(deleteEndpoints).run(applicationId);
          connection.statement(deleteApplication).run(applicationId);
          return { ended, isAll };
        });
        if (first === undefined) return { outcome: 'not_found' };
        count.commit();
        const { ended, isAll } = first;
        if (isAll) return { outcome: 'deleted', ended };
        const rest = await endBacklog(connection, { endpointIds, ending, rollups, isWanted: () => true });
        return { outcome: 'deleted', ended: [...ended, ...rest] };
      }),
  };
}
