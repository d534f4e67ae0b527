import type { ApiKey, Application, Endpoint, EndpointSecret, Environment, EventType } from '@postrider/core';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { RowOf } from '../database/rows.js';

type Columns<T> = { [K in keyof T & string]: EntitySchemaColumnOptions };

const text = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name });
const optionalText = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name, nullable: true });
const textList = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name, array: true, nullable: true });
const json = (name: string): EntitySchemaColumnOptions => ({ type: 'json', name, nullable: true });
const integer = (name: string): EntitySchemaColumnOptions => ({ type: 'integer', name });
const real = (name: string): EntitySchemaColumnOptions => ({ type: 'double precision', name, nullable: true });
const flag = (name: string): EntitySchemaColumnOptions => ({ type: 'boolean', name });
const instant = (name: string): EntitySchemaColumnOptions => ({ type: 'timestamptz', name });
const optionalInstant = (name: string): EntitySchemaColumnOptions => ({ ...instant(name), nullable: true });
const key = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name, primary: true });

export type EnvironmentRow = RowOf<Environment>;
export type ApplicationRow = RowOf<Application>;
/** What delivery learned (`EndpointState`) lies in the same row, as does the failure run. */
export type EndpointRow = RowOf<Endpoint> & {
  pausedUntil: Date | null;
  learned: string | null;
  learnedGeneration: number;
  failingSince: Date | null;
};
export type EndpointSecretRow = RowOf<EndpointSecret> & { applicationId: string; endpointId: string };
export type EventTypeRow = RowOf<EventType>;
export type ApiKeyRow = RowOf<ApiKey>;

const environmentColumns: Columns<EnvironmentRow> = {
  id: key('id'),
  name: text('name'),
  createdAt: instant('created_at'),
};

const applicationColumns: Columns<ApplicationRow> = {
  id: key('id'),
  environmentId: text('environment_id'),
  uid: optionalText('uid'),
  name: text('name'),
  metadata: json('metadata'),
  throttleRate: real('throttle_rate'),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
};

const endpointColumns: Columns<EndpointRow> = {
  applicationId: key('application_id'),
  id: key('id'),
  environmentId: text('environment_id'),
  uid: optionalText('uid'),
  url: text('url'),
  description: text('description'),
  metadata: json('metadata'),
  disabled: flag('disabled'),
  disabledReason: optionalText('disabled_reason'),
  eventTypes: textList('event_types'),
  channels: textList('channels'),
  headers: json('headers'),
  throttleRate: real('throttle_rate'),
  retryScheduleMs: { ...real('retry_schedule_ms'), array: true },
  timeoutMs: real('timeout_ms'),
  ordering: json('ordering'),
  maxInFlight: { ...integer('max_in_flight'), nullable: true },
  filter: json('filter'),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
  pausedUntil: optionalInstant('paused_until'),
  learned: optionalText('learned'),
  learnedGeneration: integer('learned_generation'),
  failingSince: optionalInstant('failing_since'),
};

const endpointSecretColumns: Columns<EndpointSecretRow> = {
  applicationId: key('application_id'),
  endpointId: key('endpoint_id'),
  key: key('key'),
  scheme: text('scheme'),
  createdAt: instant('created_at'),
  expiresAt: optionalInstant('expires_at'),
};

const eventTypeColumns: Columns<EventTypeRow> = {
  environmentId: key('environment_id'),
  name: key('name'),
  description: text('description'),
  deprecated: flag('deprecated'),
  archived: flag('archived'),
  schemas: json('schemas'),
  featureFlags: textList('feature_flags'),
  groupName: optionalText('group_name'),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
};

const apiKeyColumns: Columns<ApiKeyRow> = {
  id: key('id'),
  environmentId: text('environment_id'),
  applicationId: optionalText('application_id'),
  sessionId: optionalText('session_id'),
  name: text('name'),
  hash: text('hash'),
  scopes: textList('scopes'),
  createdAt: instant('created_at'),
  expiresAt: optionalInstant('expires_at'),
  revokedAt: optionalInstant('revoked_at'),
  lastUsedAt: optionalInstant('last_used_at'),
};

function entity<T>(name: string, columns: Columns<T>): EntitySchema<T> {
  return new EntitySchema<T>({ name, tableName: name, columns: columns as EntitySchema<T>['options']['columns'] });
}

export const environmentEntity = entity('environments', environmentColumns);
export const applicationEntity = entity('applications', applicationColumns);
export const endpointEntity = entity('endpoints', endpointColumns);
export const endpointSecretEntity = entity('endpoint_secrets', endpointSecretColumns);
export const eventTypeEntity = entity('event_types', eventTypeColumns);
export const apiKeyEntity = entity('api_keys', apiKeyColumns);

/** The tables of configuration, which TypeORM reads and writes; those of the hot path have statements instead. */
export const entities = [
  environmentEntity,
  applicationEntity,
  endpointEntity,
  endpointSecretEntity,
  eventTypeEntity,
  apiKeyEntity,
];
