import type { ApiKey, KeyStore } from '@postrider/core';
import { IsNull } from 'typeorm';
import type { SqliteConnection } from '../connection.js';
import { buildInsert } from '../entities/build-writes.js';
import { apiKeyEntity } from '../entities/api-key-entity.js';

// `min` and `max`: the earliest revocation and the latest use stay, whatever comes in which order.
const revoke =
  'UPDATE api_keys SET revoked_at = min(coalesce(revoked_at, :at), :at) WHERE id = :id AND environment_id = :environmentId';
const limit = `
UPDATE api_keys SET expires_at = min(coalesce(expires_at, :at), :at) WHERE id = :id AND environment_id = :environmentId`;
const revokeTokens = `
UPDATE api_keys SET revoked_at = :at
WHERE environment_id = :environmentId AND application_id = :applicationId AND coalesce(revoked_at > :at, true)
  AND (:sessionIds IS NULL OR session_id IN (SELECT value FROM json_each(:sessionIds)))`;
const touch = 'UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?';

/** API keys in SQLite. */
export function createKeyStore(connection: SqliteConnection): KeyStore {
  return {
    createKey: ({ key, signal }) =>
      connection.run(signal, () => {
        const insert = buildInsert(connection.orm, apiKeyEntity, [key]).orIgnore();
        return connection.write(() => connection.execute(insert)) === 1;
      }),

    getKey: ({ keyId, signal }) =>
      connection.run(signal, async () => {
        const key = await connection.orm.getRepository(apiKeyEntity).findOneBy({ id: keyId });
        return key ?? undefined;
      }),

    listKeys: ({ environmentId, signal }) =>
      connection.run<ApiKey[]>(signal, () =>
        connection.orm
          .getRepository(apiKeyEntity)
          .find({ where: { environmentId, applicationId: IsNull() }, order: { createdAt: 'ASC', id: 'ASC' } }),
      ),

    revokeKey: ({ environmentId, keyId, revokedAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(revoke);
        return (
          connection.write(() => statement.run({ at: revokedAt.getTime(), id: keyId, environmentId })).changes === 1
        );
      }),

    limitKey: ({ environmentId, keyId, expiresAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(limit);
        const values = { at: expiresAt.getTime(), id: keyId, environmentId };
        return connection.write(() => statement.run(values)).changes === 1;
      }),

    revokePortalTokens: ({ environmentId, applicationId, sessionIds, revokedAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(revokeTokens);
        const ids = sessionIds === undefined ? null : JSON.stringify(sessionIds);
        const values = { at: revokedAt.getTime(), environmentId, applicationId, sessionIds: ids };
        return connection.write(() => statement.run(values)).changes;
      }),

    touchKey: ({ keyId, lastUsedAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(touch);
        connection.write(() => statement.run(lastUsedAt.getTime(), keyId));
      }),
  };
}
