import type { EventType } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { flag, instant, integer, json, text, type Columns } from './columns.js';

export const eventTypeColumns: Columns<EventType> = {
  environmentId: text('environment_id', { primary: true }),
  name: text('name', { primary: true }),
  description: text('description'),
  deprecated: flag('deprecated'),
  archived: flag('archived'),
  schemas: json('schemas', { nullable: true }),
  featureFlags: json('feature_flags', { nullable: true }),
  groupName: text('group_name', { nullable: true }),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
};

export const eventTypeEntity = new EntitySchema<EventType>({
  name: 'EventType',
  tableName: 'event_types',
  columns: eventTypeColumns,
});
