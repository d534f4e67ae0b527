import type { ConsumerStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

const selectPosition = `
SELECT position FROM consumer_positions
WHERE application_id = :applicationId AND sink_id = :sinkId AND consumer_id = :consumerId
  AND environment_id = :environmentId`;
const storePosition = `
INSERT INTO consumer_positions (application_id, sink_id, consumer_id, environment_id, position, updated_at)
SELECT id, :sinkId, :consumerId, environment_id, :position, :updatedAt FROM applications
WHERE id = :applicationId AND environment_id = :environmentId
ON CONFLICT (application_id, sink_id, consumer_id) DO UPDATE SET position = excluded.position,
  updated_at = excluded.updated_at`;

/** How far readers of messages are, in SQLite. */
export function createConsumerStore(connection: SqliteConnection): ConsumerStore {
  return {
    getConsumerPosition: ({ consumer, signal }) =>
      connection.run(
        signal,
        () => connection.statement<{ readonly position: string }>(selectPosition).get({ ...consumer })?.position,
      ),

    setConsumerPosition: ({ consumer, position, updatedAt, signal }) =>
      connection.run(signal, () => {
        const values = { ...consumer, position, updatedAt: updatedAt.getTime() };
        const { changes } = connection.write(() => connection.statement(storePosition).run(values));
        return { outcome: changes === 1 ? 'stored' : 'parent_missing' };
      }),
  };
}
