import type { ApiKey, KeyStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { buildInsert } from '../entities/build-writes.js';
import { apiKeyEntity } from '../entities/api-key-entity.js';

// `coalesce` and `max`: the first revocation and the latest use stay, whatever comes in which order.
const revoke = 'UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? AND environment_id = ?';
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
          .find({ where: { environmentId }, order: { createdAt: 'ASC', id: 'ASC' } }),
      ),

    revokeKey: ({ environmentId, keyId, revokedAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(revoke);
        return connection.write(() => statement.run(revokedAt.getTime(), keyId, environmentId)).changes === 1;
      }),

    touchKey: ({ keyId, lastUsedAt, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(touch);
        connection.write(() => statement.run(lastUsedAt.getTime(), keyId));
      }),
  };
}
