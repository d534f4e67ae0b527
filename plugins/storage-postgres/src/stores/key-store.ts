import type { ApiKey, KeyStore } from '@postrider/core';
import { IsNull } from 'typeorm';
import type { PostgresContext } from '../context.js';
import { toRecord, toRow } from '../database/rows.js';
import { apiKeyEntity, type ApiKeyRow } from '../entities/entities.js';

const columns = [
  'id',
  'environmentId',
  'applicationId',
  'sessionId',
  'name',
  'hash',
  'scopes',
  'createdAt',
  'expiresAt',
  'revokedAt',
  'lastUsedAt',
] as const;
const toApiKey = (row: ApiKeyRow): ApiKey => toRecord<ApiKey>(row);

/** API keys in PostgreSQL. */
export function createPostgresKeyStore({ pool, orm, operation }: PostgresContext): KeyStore {
  const keys = () => orm.getRepository(apiKeyEntity);

  return {
    createKey: operation(async ({ key }) => {
      const inserted = await keys()
        .createQueryBuilder()
        .insert()
        .values(toRow(key, columns))
        .orIgnore()
        .returning('id')
        .execute();
      return Array.isArray(inserted.raw) && inserted.raw.length === 1;
    }),

    getKey: operation(async ({ keyId }) => {
      const row = await keys().findOneBy({ id: keyId });
      return row === null ? undefined : toApiKey(row);
    }),

    listKeys: operation(async ({ environmentId }) => {
      const rows = await keys().find({
        where: { environmentId, applicationId: IsNull() },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      return rows.map(toApiKey);
    }),

    revokeKey: operation(async ({ environmentId, keyId, revokedAt }) => {
      const { rowCount } = await pool.query(
        'UPDATE api_keys SET revoked_at = least(revoked_at, $3) WHERE id = $2 AND environment_id = $1',
        [environmentId, keyId, revokedAt],
      );
      return rowCount === 1;
    }),

    limitKey: operation(async ({ environmentId, keyId, expiresAt }) => {
      // `least` ignores NULL, which is a key without an end.
      const { rowCount } = await pool.query(
        'UPDATE api_keys SET expires_at = least(expires_at, $3) WHERE id = $2 AND environment_id = $1',
        [environmentId, keyId, expiresAt],
      );
      return rowCount === 1;
    }),

    revokePortalTokens: operation(async ({ environmentId, applicationId, sessionIds, revokedAt }) => {
      const { rowCount } = await pool.query(
        `UPDATE api_keys SET revoked_at = $3 WHERE environment_id = $1 AND application_id = $2
           AND coalesce(revoked_at > $3, true)
           AND ($4::text[] IS NULL OR session_id = ANY ($4::text[]))`,
        [environmentId, applicationId, revokedAt, sessionIds ?? null],
      );
      return rowCount ?? 0;
    }),

    touchKey: operation(async ({ keyId, lastUsedAt }) => {
      await pool.query(
        'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)',
        [keyId, lastUsedAt],
      );
    }),
  };
}
