import type { EndpointSecret } from '@postrider/core';
import { EntitySchema } from 'typeorm';
import { instant, text, type Columns } from './columns.js';

/** A secret as stored: with the endpoint it belongs to. */
export interface StoredSecret extends EndpointSecret {
  readonly endpointId: string;
}

export const secretColumns: Columns<EndpointSecret> = {
  scheme: text('scheme', { primary: true }),
  key: text('key', { primary: true }),
  createdAt: instant('created_at'),
  expiresAt: instant('expires_at', { nullable: true }),
};

export const endpointSecretEntity = new EntitySchema<StoredSecret>({
  name: 'EndpointSecret',
  tableName: 'endpoint_secrets',
  columns: { endpointId: text('endpoint_id', { primary: true }), ...secretColumns },
});
