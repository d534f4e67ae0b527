import type { Endpoint } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { flag, instant, integer, json, real, text, type Columns } from './columns.js';

export const endpointColumns: Columns<Endpoint> = {
  id: text('id', { primary: true }),
  environmentId: text('environment_id'),
  applicationId: text('application_id'),
  uid: text('uid', { nullable: true }),
  url: text('url'),
  description: text('description'),
  metadata: json('metadata'),
  disabled: flag('disabled'),
  disabledReason: text('disabled_reason', { nullable: true }),
  eventTypes: json('event_types', { nullable: true }),
  channels: json('channels', { nullable: true }),
  headers: json('headers'),
  throttleRate: real('throttle_rate', { nullable: true }),
  retryScheduleMs: json('retry_schedule_ms', { nullable: true }),
  timeoutMs: integer('timeout_ms', { nullable: true }),
  maxInFlight: integer('max_in_flight', { nullable: true }),
  ordering: json('ordering', { nullable: true }),
  filter: json('filter', { nullable: true }),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
};

export const endpointEntity = new EntitySchema<Endpoint>({
  name: 'Endpoint',
  tableName: 'endpoints',
  columns: endpointColumns,
});
