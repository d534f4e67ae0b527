import type { Environment } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { instant, text, type Columns } from './columns.js';

const columns: Columns<Environment> = {
  id: text('id', { primary: true }),
  name: text('name'),
  createdAt: instant('created_at'),
};

export const environmentEntity = new EntitySchema<Environment>({
  name: 'Environment',
  tableName: 'environments',
  columns,
});
