import type { Endpoint, EndpointStore } from '@postrider/core';
import type { EntityManager, QueryDeepPartialEntity } from 'typeorm';
import type { PostgresContext } from '../context.js';
import { keyCondition, readLimit, toPage, windowOf } from '../database/paging.js';
import { repeatOnConflict } from '../database/transaction.js';
import { endpointEntity, endpointSecretEntity, type EndpointRow } from '../entities/entities.js';
import { constraintOf } from '../errors.js';
import { endWaitingOfEndpoint } from '../sql/end-deliveries.js';
import { lockEndpoint, updateEndpoint } from '../sql/replace-endpoint.js';
import { inCountingTransaction } from './count-ended.js';
import { endPending } from './end-deliveries.js';
import { toEndpoint, toEndpointRow, toSecretRow } from './endpoint-records.js';
import { createPostgresRouteLoader } from './load-routes.js';
import { createPostgresSecretStore } from './secret-store.js';

interface LockedEndpoint {
  readonly version: number;
  readonly disabled: boolean;
  readonly created_at: Date;
  readonly failing_since: Date | null;
}

/** Endpoints in PostgreSQL. */
export function createPostgresEndpointStore(context: PostgresContext): EndpointStore {
  const { orm, operation } = context;
  const endpoints = () => orm.getRepository(endpointEntity);

  return {
    ...createPostgresSecretStore(context),
    ...createPostgresRouteLoader(context),

    createEndpoint: operation(async ({ endpoint, secrets }) => {
      const owner = { applicationId: endpoint.applicationId, endpointId: endpoint.id };
      const insert = async (manager: EntityManager): Promise<void> => {
        // Filters are JSON of any shape, which TypeORM's types of what can be written do not know.
        await manager.insert(endpointEntity, toEndpointRow(endpoint) as QueryDeepPartialEntity<EndpointRow>);
        await manager.insert(
          endpointSecretEntity,
          secrets.map((secret) => toSecretRow(owner, secret)),
        );
      };
      try {
        await repeatOnConflict(() => orm.transaction(insert));
        return { outcome: 'created', record: endpoint };
      } catch (error) {
        if (constraintOf(error) === 'endpoints_application') return { outcome: 'parent_missing' };
        if (constraintOf(error) === 'endpoints_uid') return { outcome: 'uid_taken' };
        throw error;
      }
    }),

    getEndpoint: operation(async ({ environmentId, applicationId, endpoint }) => {
      const row = await endpoints().findOneBy({ environmentId, applicationId, ...endpoint });
      return row === null ? undefined : toEndpoint(row);
    }),

    listEndpoints: operation(async ({ environmentId, applicationId, page }) => {
      const id = keyCondition(page);
      const where = { environmentId, applicationId };
      const rows = await endpoints().find({
        where: id === undefined ? where : { ...where, id },
        order: { id: windowOf(page).direction },
        take: readLimit(page),
      });
      return toPage({ rows, page, toItem: toEndpoint });
    }),

    replaceEndpoint: operation(async ({ endpoint, failingSince }) => {
      const { environmentId, applicationId, id } = endpoint;
      try {
        return await inCountingTransaction(context, async (client, count) => {
          const found = await client.query<LockedEndpoint>({
            ...lockEndpoint,
            values: [environmentId, applicationId, id],
          });
          const stored = found.rows[0];
          if (stored === undefined) return { outcome: 'not_found' };
          if (stored.version !== endpoint.version - 1) return { outcome: 'version_mismatch' };
          if (failingSince && failingSince.getTime() !== stored.failing_since?.getTime()) {
            return { outcome: 'version_mismatch' };
          }
          await client.query({ ...updateEndpoint, values: updateValues(endpoint) });
          const record = { ...endpoint, createdAt: stored.created_at };
          if (!endpoint.disabled || stored.disabled) return { outcome: 'replaced', record, ended: [] };
          const reason = endpoint.disabledReason === 'gone' ? 'endpoint_gone' : 'endpoint_disabled';
          const ending = { as: { status: 'dead_letter', reason }, endedAt: endpoint.updatedAt } as const;
          const ended = await endPending(client, { statements: endWaitingOfEndpoint, ownerId: id, ...ending });
          await count(ended, endpoint.updatedAt);
          return { outcome: 'replaced', record, ended };
        });
      } catch (error) {
        if (constraintOf(error) === 'endpoints_uid') return { outcome: 'uid_taken' };
        throw error;
      }
    }),

    deleteEndpoint: operation(({ environmentId, applicationId, endpointId, deletedAt }) =>
      inCountingTransaction(context, async (client, count) => {
        const { rowCount } = await client.query(
          'DELETE FROM endpoints WHERE environment_id = $1 AND application_id = $2 AND id = $3',
          [environmentId, applicationId, endpointId],
        );
        if (rowCount === 0) return { outcome: 'not_found' };
        const ending = { as: { status: 'cancelled', reason: 'endpoint_deleted' }, endedAt: deletedAt } as const;
        const ended = await endPending(client, { statements: endWaitingOfEndpoint, ownerId: endpointId, ...ending });
        await count(ended, deletedAt);
        return { outcome: 'deleted', ended };
      }),
    ),
  };
}

function updateValues(endpoint: Endpoint): unknown[] {
  return [
    endpoint.applicationId,
    endpoint.id,
    endpoint.uid,
    endpoint.url,
    endpoint.description,
    endpoint.metadata,
    endpoint.disabled,
    endpoint.disabledReason,
    endpoint.eventTypes,
    endpoint.channels,
    endpoint.headers,
    endpoint.throttleRate,
    endpoint.retryScheduleMs,
    endpoint.timeoutMs,
    endpoint.maxInFlight,
    endpoint.ordering,
    endpoint.version,
    endpoint.updatedAt,
    endpoint.filter,
  ];
}
