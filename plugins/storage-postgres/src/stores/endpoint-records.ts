import type { Endpoint, EndpointSecret } from '@postrider/core';
import { toRecord, toRow } from '../database/rows.js';
import type { EndpointRow, EndpointSecretRow } from '../entities/entities.js';

const endpointColumns = [
  'id',
  'environmentId',
  'applicationId',
  'uid',
  'url',
  'description',
  'metadata',
  'disabled',
  'disabledReason',
  'eventTypes',
  'channels',
  'headers',
  'throttleRate',
  'retryScheduleMs',
  'timeoutMs',
  'maxInFlight',
  'ordering',
  'filter',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** The row of an endpoint about which nothing was learned yet. */
export function toEndpointRow(endpoint: Endpoint): EndpointRow {
  return {
    ...toRow(endpoint, endpointColumns),
    pausedUntil: null,
    learned: null,
    learnedGeneration: 0,
    failingSince: null,
  };
}

/** The endpoint of a row, without what delivery learned about it. */
export function toEndpoint(row: EndpointRow): Endpoint {
  const { pausedUntil: _, learned: __, learnedGeneration: ___, failingSince: ____, ...own } = row;
  return toRecord<Endpoint>(own);
}

/** The row of a secret of the endpoint. */
export function toSecretRow(
  owner: { readonly applicationId: string; readonly endpointId: string },
  secret: EndpointSecret,
): EndpointSecretRow {
  const { applicationId, endpointId } = owner;
  return { applicationId, endpointId, ...toRow(secret, ['scheme', 'key', 'createdAt', 'expiresAt']) };
}

/** The secret of a row. */
export function toSecret({ applicationId: _, endpointId: __, ...row }: EndpointSecretRow): EndpointSecret {
  return toRecord<EndpointSecret>(row);
}
