import type { EndpointStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { repeatOnConflict } from '../database/transaction.js';
import { endpointEntity, endpointSecretEntity } from '../entities/entities.js';
import { toSecret, toSecretRow } from './endpoint-records.js';

/** Signing secrets in PostgreSQL. */
export function createPostgresSecretStore({
  orm,
  operation,
}: PostgresContext): Pick<EndpointStore, 'getEndpointSecrets' | 'replaceEndpointSecrets'> {
  return {
    getEndpointSecrets: operation(async ({ environmentId, applicationId, endpointId }) => {
      const isKnown = await orm
        .getRepository(endpointEntity)
        .existsBy({ environmentId, applicationId, id: endpointId });
      if (!isKnown) return undefined;
      const rows = await orm
        .getRepository(endpointSecretEntity)
        .find({ where: { applicationId, endpointId }, order: { createdAt: 'DESC' } });
      return rows.map(toSecret);
    }),

    replaceEndpointSecrets: operation(({ environmentId, applicationId, endpointId, expected, secrets }) =>
      repeatOnConflict(() =>
        orm.transaction(async (manager) => {
          const endpoint = await manager.findOne(endpointEntity, {
            where: { environmentId, applicationId, id: endpointId },
            // Of two rotations the second one waits here, and then finds other secrets than it expected.
            lock: { mode: 'pessimistic_write' },
          });
          if (endpoint === null) return { outcome: 'not_found' };
          const stored = await manager.findBy(endpointSecretEntity, { applicationId, endpointId });
          if (!haveSameKeys(stored, expected)) return { outcome: 'version_mismatch' };
          await manager.delete(endpointSecretEntity, { applicationId, endpointId });
          await manager.insert(
            endpointSecretEntity,
            secrets.map((secret) => toSecretRow({ applicationId, endpointId }, secret)),
          );
          return { outcome: 'replaced' };
        }),
      ),
    ),
  };
}

function haveSameKeys(a: readonly { key: string }[], b: readonly { key: string }[]): boolean {
  const keys = new Set(a.map(({ key }) => key));
  return a.length === b.length && b.every(({ key }) => keys.has(key));
}
