import type { ApplicationRoutes, EndpointSecret, RoutedEndpoint } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { applicationColumns } from '../entities/application-entity.js';
import { readRecord } from '../entities/columns.js';
import { endpointColumns } from '../entities/endpoint-entity.js';
import { secretColumns } from '../entities/endpoint-secret-entity.js';

type Row = Readonly<Record<string, unknown>>;

const selectApplication = 'SELECT * FROM applications WHERE id = ?';
const selectEndpoints = `
SELECT endpoints.*, endpoint_queues.generation, endpoint_queues.paused_until,
  endpoint_queues.learned
FROM endpoints LEFT JOIN endpoint_queues ON endpoint_queues.endpoint_id = endpoints.id
WHERE endpoints.application_id = ? ORDER BY endpoints.created_at, endpoints.id`;
const selectSecrets = `
SELECT endpoint_secrets.* FROM endpoints JOIN endpoint_secrets ON endpoint_secrets.endpoint_id = endpoints.id
WHERE endpoints.application_id = :applicationId
  AND (endpoint_secrets.expires_at IS NULL OR endpoint_secrets.expires_at > :now)
ORDER BY endpoint_secrets.expires_at IS NOT NULL, endpoint_secrets.created_at DESC`;

/** The routing table of an application. Read without an await in between, hence of one moment. */
export function loadRoutes(
  connection: SqliteConnection,
  params: { applicationId: string; now: Date },
): ApplicationRoutes | undefined {
  const { applicationId } = params;
  const application = connection.statement<Row>(selectApplication).get(applicationId);
  if (application === undefined) return undefined;
  const secrets = readSecrets(connection, params);
  const endpoints = connection
    .statement<Row>(selectEndpoints)
    .all(applicationId)
    .map((row): RoutedEndpoint => {
      const endpoint = readRecord(endpointColumns, row);
      const { generation, paused_until: pausedUntil, learned, failing_since: failingSince } = row;
      return {
        endpoint,
        secrets: secrets.get(endpoint.id) ?? [],
        state: {
          applicationId,
          endpointId: endpoint.id,
          generation: typeof generation === 'number' && generation > 0 ? generation : undefined,
          pausedUntil: typeof pausedUntil === 'number' ? new Date(pausedUntil) : undefined,
          learned: typeof learned === 'string' ? learned : undefined,
        },
        failingSince: typeof failingSince === 'number' ? new Date(failingSince) : undefined,
      };
    });
  return { application: readRecord(applicationColumns, application), endpoints };
}

function readSecrets(
  connection: SqliteConnection,
  params: { applicationId: string; now: Date },
): Map<unknown, EndpointSecret[]> {
  const byEndpoint = new Map<unknown, EndpointSecret[]>();
  const rows = connection
    .statement<Row>(selectSecrets)
    .all({ applicationId: params.applicationId, now: params.now.getTime() });
  for (const row of rows) {
    const endpointId = row['endpoint_id'];
    const secrets = byEndpoint.get(endpointId) ?? [];
    secrets.push(readRecord(secretColumns, row));
    byEndpoint.set(endpointId, secrets);
  }
  return byEndpoint;
}
