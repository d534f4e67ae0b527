import type {
  Clock,
  EndedDeliveries,
  Endpoint,
  EndpointSecret,
  EndpointStore,
  RollupAccumulator,
} from '@postrider/core';
import type { SelectQueryBuilder } from 'typeorm';
import type { SqliteConnection } from '../connection.js';
import { buildInsert, buildUpdate } from '../entities/build-writes.js';
import { readRecord, replaceable } from '../entities/columns.js';
import { endpointColumns, endpointEntity } from '../entities/endpoint-entity.js';
import { endpointSecretEntity, secretColumns } from '../entities/endpoint-secret-entity.js';
import { readEntityPage } from '../page.js';
import { endBacklog, endFirstPending, removeQueues, type Ending } from './end-deliveries.js';
import { endFailureRun } from './failure-store.js';
import { RollupCount } from './rollup-count.js';
import { loadRoutes } from './load-routes.js';
import { createRecord, replaceRecord, type StoredVersion } from './record-writes.js';

const selectApplication = 'SELECT 1 FROM applications WHERE id = ? AND environment_id = ?';
const selectEndpoint = `
SELECT version, created_at, disabled, failing_since FROM endpoints WHERE id = ? AND application_id = ? AND environment_id = ?`;
const selectSecrets = 'SELECT * FROM endpoint_secrets WHERE endpoint_id = ? ORDER BY created_at DESC';
const deleteSecrets = 'DELETE FROM endpoint_secrets WHERE endpoint_id = ?';
const deleteEndpoint = 'DELETE FROM endpoints WHERE id = ?';

interface StoredEndpoint extends StoredVersion {
  readonly disabled: 0 | 1;
  readonly failing_since: number | null;
}

interface EndpointPath {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
}

/** Endpoints with their secrets and state in SQLite. */
export function createEndpointStore(
  connection: SqliteConnection,
  deps: { clock: Clock; rollups: RollupAccumulator },
): EndpointStore {
  const select = (path: Omit<EndpointPath, 'endpointId'>): SelectQueryBuilder<Endpoint> =>
    connection.orm.createQueryBuilder(endpointEntity, 'endpoint').where({
      environmentId: path.environmentId,
      applicationId: path.applicationId,
    });
  const readStored = (path: EndpointPath) =>
    connection.statement<StoredEndpoint>(selectEndpoint).get(path.endpointId, path.applicationId, path.environmentId);
  const readSecrets = (endpointId: string): EndpointSecret[] =>
    connection
      .statement<Record<string, unknown>>(selectSecrets)
      .all(endpointId)
      .map((row) => readRecord(secretColumns, row));
  const insertSecrets = (endpointId: string, secrets: readonly EndpointSecret[]): void => {
    if (secrets.length === 0) return;
    const rows = secrets.map((secret) => ({ ...secret, endpointId }));
    connection.execute(buildInsert(connection.orm, endpointSecretEntity, rows));
  };

  return {
    createEndpoint: ({ endpoint, secrets, signal }) =>
      connection.run(signal, () => {
        const { applicationId, environmentId } = endpoint;
        // The foreign key does not know the environment.
        const application = connection.statement(selectApplication).get(applicationId, environmentId);
        if (application === undefined) return { outcome: 'parent_missing' };
        const insert = buildInsert(connection.orm, endpointEntity, [endpoint]);
        return createRecord({
          connection,
          record: endpoint,
          insert: () => {
            connection.execute(insert);
            insertSecrets(endpoint.id, secrets);
          },
        });
      }),

    getEndpoint: ({ endpoint: ref, signal, ...path }) =>
      connection.run(signal, async () => (await select(path).andWhere(ref).getOne()) ?? undefined),

    listEndpoints: ({ page, signal, ...path }) =>
      connection.run(signal, () => readEntityPage({ query: select(path), key: 'id', page })),

    replaceEndpoint: ({ endpoint, failingSince, signal }) =>
      connection.run(signal, async () => {
        const { id, updatedAt } = endpoint;
        const path = { ...endpoint, endpointId: id };
        const values = replaceable(endpointColumns, endpoint, ['id', 'environmentId', 'applicationId', 'createdAt']);
        const update = buildUpdate(connection.orm, endpointEntity, values).where({ id });
        const ending = { as: toDeadLetter(endpoint), endedAt: updatedAt };
        const backlog = { endpointIds: [id], ending, rollups: deps.rollups };
        const count = new RollupCount(connection, deps.rollups);
        let isBacklogLeft = false;
        let ended: readonly EndedDeliveries[] = [];
        const result = replaceRecord({
          connection,
          record: endpoint,
          readStored: () => readStored(path),
          isExpected: ({ failing_since: since }) => failingSince === undefined || failingSince.getTime() === since,
          update: () => {
            const wasDisabled = readStored(path)?.disabled === 1;
            connection.execute(update);
            if (endpoint.disabled !== wasDisabled) endFailureRun(connection, id);
            if (!endpoint.disabled || wasDisabled) return;
            const first = endFirstPending(connection, backlog);
            count.write({ ended: first.ended, recordedAt: updatedAt });
            ({ ended } = first);
            isBacklogLeft = !first.isAll;
          },
        });
        count.commit();
        if (result.outcome !== 'replaced') return result;
        const isWanted = (): boolean => readStored(path)?.disabled === 1;
        if (!isBacklogLeft) return { ...result, ended };
        return { ...result, ended: [...ended, ...(await endBacklog(connection, { ...backlog, isWanted }))] };
      }),

    deleteEndpoint: ({ deletedAt, signal, ...path }) =>
      connection.run(signal, async () => {
        const { endpointId } = path;
        const as = { status: 'cancelled', reason: 'endpoint_deleted' } as const;
        const backlog = { endpointIds: [endpointId], ending: { as, endedAt: deletedAt }, rollups: deps.rollups };
        const count = new RollupCount(connection, deps.rollups);
        const first = connection.write(() => {
          if (readStored(path) === undefined) return undefined;
          const { ended, isAll } = endFirstPending(connection, backlog);
          count.write({ ended, recordedAt: deletedAt });
          removeQueues(connection, { endpointIds: [endpointId], isEmpty: isAll });
          connection.statement(deleteEndpoint).run(endpointId);
          return { ended, isAll };
        });
        if (first === undefined) return { outcome: 'not_found' };
        count.commit();
        const { ended, isAll } = first;
        if (isAll) return { outcome: 'deleted', ended };
        const rest = await endBacklog(connection, { ...backlog, isWanted: () => true });
        return { outcome: 'deleted', ended: [...ended, ...rest] };
      }),

    getEndpointSecrets: ({ signal, ...path }) =>
      connection.run(signal, () => (readStored(path) === undefined ? undefined : readSecrets(path.endpointId))),

    replaceEndpointSecrets: ({ expected, secrets, signal, ...path }) =>
      connection.run(signal, () =>
        connection.write(() => {
          if (readStored(path) === undefined) return { outcome: 'not_found' };
          if (!haveSameKeys(readSecrets(path.endpointId), expected)) return { outcome: 'version_mismatch' };
          connection.statement(deleteSecrets).run(path.endpointId);
          insertSecrets(path.endpointId, secrets);
          return { outcome: 'replaced' };
        }),
      ),

    loadRoutes: ({ applicationId, signal }) =>
      connection.run(signal, () => loadRoutes(connection, { applicationId, now: deps.clock.now() })),
  };
}

function toDeadLetter({ disabledReason }: Endpoint): Ending['as'] {
  return { status: 'dead_letter', reason: disabledReason === 'gone' ? 'endpoint_gone' : 'endpoint_disabled' };
}

function haveSameKeys(stored: readonly EndpointSecret[], expected: readonly EndpointSecret[]): boolean {
  const keys = new Set(stored.map(({ key }) => key));
  return stored.length === expected.length && expected.every(({ key }) => keys.has(key));
}
