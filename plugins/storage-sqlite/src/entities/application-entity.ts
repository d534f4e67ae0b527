import type { Application } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { instant, integer, json, real, text, type Columns } from './columns.js';

export const applicationColumns: Columns<Application> = {
  id: text('id', { primary: true }),
  environmentId: text('environment_id'),
  uid: text('uid', { nullable: true }),
  name: text('name'),
  metadata: json('metadata'),
  throttleRate: real('throttle_rate', { nullable: true }),
  version: integer('version'),
  createdAt: instant('created_at'),
  updatedAt: instant('updated_at'),
};

export const applicationEntity = new EntitySchema<Application>({
  name: 'Application',
  tableName: 'applications',
  columns: applicationColumns,
});
