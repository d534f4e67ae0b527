import type { Application, ApplicationStore, EndedDeliveries, Environment } from '@postrider/core';
import type { PoolClient } from 'pg';
import type { PostgresContext } from '../context.js';
import { keyCondition, readLimit, toPage, windowOf } from '../database/paging.js';
import { toRecord, toRow, type RowOf } from '../database/rows.js';
import { applicationEntity, environmentEntity } from '../entities/entities.js';
import { constraintOf, sqlStateOf } from '../errors.js';
import { endInFlightOfApplication, endWaitingOfApplication } from '../sql/end-deliveries.js';
import { inCountingTransaction } from './count-ended.js';
import { endAtOnce, endPending } from './end-deliveries.js';

const columns = [
  'id',
  'environmentId',
  'uid',
  'name',
  'metadata',
  'throttleRate',
  'version',
  'createdAt',
  'updatedAt',
] as const;
const toApplication = (row: RowOf<Application>): Application => toRecord<Application>(row);
const toEnvironment = (row: RowOf<Environment>): Environment => toRecord<Environment>(row);

/** Environments and applications in PostgreSQL. */
export function createPostgresApplicationStore(context: PostgresContext): ApplicationStore {
  const { orm, operation } = context;
  const environments = () => orm.getRepository(environmentEntity);
  const applications = () => orm.getRepository(applicationEntity);

  return {
    ensureEnvironment: operation(async ({ environment }) => {
      const row = toRow(environment, ['id', 'name', 'createdAt']);
      await environments().createQueryBuilder().insert().values(row).orIgnore().execute();
      return toEnvironment(await environments().findOneByOrFail({ id: environment.id }));
    }),

    listEnvironments: operation(async () => {
      const rows = await environments().find({ order: { createdAt: 'ASC', id: 'ASC' } });
      return rows.map(toEnvironment);
    }),

    createApplication: operation(async ({ application }) => {
      try {
        await applications().insert(toRow(application, columns));
        return { outcome: 'created', record: application };
      } catch (error) {
        if (sqlStateOf(error) === '23503') return { outcome: 'parent_missing' };
        if (constraintOf(error) === 'applications_uid') return { outcome: 'uid_taken' };
        throw error;
      }
    }),

    getApplication: operation(async ({ environmentId, application }) => {
      const row = await applications().findOneBy({ environmentId, ...application });
      return row === null ? undefined : toApplication(row);
    }),

    listApplications: operation(async ({ environmentId, page }) => {
      const id = keyCondition(page);
      const rows = await applications().find({
        where: id === undefined ? { environmentId } : { environmentId, id },
        order: { id: windowOf(page).direction },
        take: readLimit(page),
      });
      return toPage({ rows, page, toItem: toApplication });
    }),

    replaceApplication: operation(async ({ application }) => {
      const { id, environmentId, createdAt: _, ...changes } = toRow(application, columns);
      try {
        const { affected } = await applications().update(
          { id, environmentId, version: application.version - 1 },
          changes,
        );
        const stored = await applications().findOneBy({ id, environmentId });
        if (affected === 1 && stored !== null) {
          return { outcome: 'replaced', record: toApplication({ ...stored, ...changes }) };
        }
        return { outcome: stored === null ? 'not_found' : 'version_mismatch' };
      } catch (error) {
        if (constraintOf(error) === 'applications_uid') return { outcome: 'uid_taken' };
        throw error;
      }
    }),

    deleteApplication: operation(({ environmentId, applicationId, deletedAt }) =>
      inCountingTransaction(context, async (client, count) => {
        const { rowCount } = await client.query('DELETE FROM applications WHERE id = $1 AND environment_id = $2', [
          applicationId,
          environmentId,
        ]);
        if (rowCount === 0) return { outcome: 'not_found' };
        const ended = await endUnfinished(client, applicationId, deletedAt);
        await count(ended, deletedAt);
        return { outcome: 'deleted', ended };
      }),
    ),
  };
}

async function endUnfinished(
  client: PoolClient,
  applicationId: string,
  endedAt: Date,
): Promise<readonly EndedDeliveries[]> {
  const as = { status: 'cancelled', reason: 'endpoint_deleted' } as const;
  const ending = { ownerId: applicationId, as, endedAt };
  const pending = await endPending(client, { statements: endWaitingOfApplication, ...ending });
  return [...pending, ...(await endAtOnce(client, { statement: endInFlightOfApplication, ...ending }))];
}
