import type { Application, EndpointSecret, EndpointStore, RoutedEndpoint } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { toRecord } from '../database/rows.js';
import {
  applicationEntity,
  endpointEntity,
  endpointSecretEntity,
  type EndpointRow,
  type EndpointSecretRow,
} from '../entities/entities.js';
import { toEndpoint, toSecret } from './endpoint-records.js';

/** Reads the routing table of an application with three queries. */
export function createPostgresRouteLoader({ orm, operation }: PostgresContext): Pick<EndpointStore, 'loadRoutes'> {
  return {
    loadRoutes: operation(async ({ applicationId }) => {
      const [application, endpoints, secrets] = await Promise.all([
        orm.getRepository(applicationEntity).findOneBy({ id: applicationId }),
        orm.getRepository(endpointEntity).find({ where: { applicationId }, order: { createdAt: 'ASC', id: 'ASC' } }),
        orm.getRepository(endpointSecretEntity).find({ where: { applicationId }, order: { createdAt: 'DESC' } }),
      ]);
      if (application === null) return undefined;
      const secretsOf = Map.groupBy(secrets, ({ endpointId }) => endpointId);
      return {
        application: toRecord<Application>(application),
        endpoints: endpoints.map((row) => toRoutedEndpoint(row, secretsOf.get(row.id) ?? [])),
      };
    }),
  };
}

function toRoutedEndpoint(row: EndpointRow, secretRows: readonly EndpointSecretRow[]): RoutedEndpoint {
  const secrets = secretRows.map(toSecret);
  const isCurrent = ({ expiresAt }: EndpointSecret): boolean => expiresAt === undefined;
  const { applicationId, id: endpointId, learnedGeneration, pausedUntil, learned } = row;
  return {
    endpoint: toEndpoint(row),
    secrets: [...secrets.filter(isCurrent), ...secrets.filter((secret) => !isCurrent(secret))],
    state: {
      applicationId,
      endpointId,
      generation: learnedGeneration === 0 ? undefined : learnedGeneration,
      pausedUntil: pausedUntil ?? undefined,
      learned: learned ?? undefined,
    },
    failingSince: row.failingSince ?? undefined,
  };
}
