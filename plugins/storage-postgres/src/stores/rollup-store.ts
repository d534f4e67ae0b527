import type { RollupStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { toRollup, type RollupRow } from './records.js';

/** Rollups in PostgreSQL. */
export function createPostgresRollupStore({ pool, operation }: PostgresContext): RollupStore {
  return {
    readRollups: operation(async ({ environmentId, from, to, applicationId, endpointId, eventType }) => {
      const conditions = new Conditions()
        .add('environment_id = ?', environmentId)
        .add('bucket_at >= ?', from)
        .add('bucket_at < ?', to)
        .add('application_id = ?', applicationId)
        .add('endpoint_id = ?', endpointId)
        .add('event_type = ?', eventType);
      const { rows } = await pool.query<RollupRow>(`SELECT * FROM rollups ${conditions.where}`, conditions.values);
      return rows.map(toRollup);
    }),
  };
}
