import type { ApiKey } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { instant, json, text, type Columns } from './columns.js';

const columns: Columns<ApiKey> = {
  id: text('id', { primary: true }),
  environmentId: text('environment_id'),
  applicationId: text('application_id', { nullable: true }),
  sessionId: text('session_id', { nullable: true }),
  name: text('name'),
  hash: text('hash'),
  scopes: json('scopes'),
  createdAt: instant('created_at'),
  expiresAt: instant('expires_at', { nullable: true }),
  revokedAt: instant('revoked_at', { nullable: true }),
  lastUsedAt: instant('last_used_at', { nullable: true }),
};

export const apiKeyEntity = new EntitySchema<ApiKey>({ name: 'ApiKey', tableName: 'api_keys', columns });
