import type { ConsumerStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';

const selectPosition = `SELECT position FROM consumer_positions
WHERE application_id = $1 AND sink_id = $2 AND consumer_id = $3 AND environment_id = $4`;
const storePosition = `
INSERT INTO consumer_positions AS c (application_id, sink_id, consumer_id, environment_id, position, updated_at)
SELECT id, $2, $3, environment_id, $5, $6::timestamptz FROM applications WHERE id = $1 AND environment_id = $4
ON CONFLICT (application_id, sink_id, consumer_id) DO UPDATE SET position = excluded.position,
  updated_at = excluded.updated_at`;

/** How far readers of messages are, in PostgreSQL. */
export function createPostgresConsumerStore({ pool, operation }: PostgresContext): ConsumerStore {
  return {
    getConsumerPosition: operation(async ({ consumer }) => {
      const { environmentId, applicationId, sinkId, consumerId } = consumer;
      const values = [applicationId, sinkId, consumerId, environmentId];
      const { rows } = await pool.query<{ position: string }>(selectPosition, values);
      return rows[0]?.position;
    }),

    setConsumerPosition: operation(async ({ consumer, position, updatedAt }) => {
      const { environmentId, applicationId, sinkId, consumerId } = consumer;
      const values = [applicationId, sinkId, consumerId, environmentId, position, updatedAt];
      const { rowCount } = await pool.query(storePosition, values);
      return { outcome: rowCount === 1 ? 'stored' : 'parent_missing' };
    }),
  };
}
