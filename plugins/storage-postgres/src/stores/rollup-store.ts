import {
  toMinuteSummary,
  type EndpointSums,
  type RollupFilter,
  type RollupRange,
  type RollupStore,
} from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { Conditions } from '../database/conditions.js';
import { writeRollups } from '../sql/record-outcomes.js';
import { minuteFields, summaryFields } from '../sql/rollups.js';
import { countEndpoints, findTroubled } from '../sql/survey-endpoints.js';
import { createCompactRollups } from './compact-rollups.js';
import { rollupValues, toRollup, toSummary, type RollupRow, type SummaryRow } from './rollup-records.js';

/** Rollups in PostgreSQL. */
export function createPostgresRollupStore({ pool, operation }: PostgresContext): RollupStore {
  return {
    readRollups: operation(async (params) => {
      const conditions = minutesWhere(new Conditions(), params);
      const { rows } = await pool.query<RollupRow>(`SELECT * FROM rollups ${conditions.where}`, conditions.values);
      return rows.map(toRollup);
    }),

    writeRollups: operation(async ({ rollups }) => {
      if (rollups.length > 0) await pool.query({ ...writeRollups, values: rollupValues(rollups) });
    }),

    // One statement, hence one snapshot: what is compacted meanwhile is seen once.
    readSummaries: operation(async (params) => {
      const minutes = minutesWhere(new Conditions(), params);
      const summaries = new Conditions(minutes.values)
        .add('environment_id = ?', params.environmentId)
        .add('event_type = ?', params.eventType ?? '')
        .add('application_id = ?', params.applicationId ?? '')
        .add('endpoint_id = ?', params.endpointId ?? '')
        .add('bucket_at >= ?', params.from)
        .add('bucket_at < ?', params.to);
      const { rows } = await pool.query<SummaryRow>(
        `SELECT ${minuteFields} FROM rollups ${minutes.where}
        UNION ALL SELECT ${summaryFields} FROM rollup_summaries ${summaries.where}`,
        summaries.values,
      );
      return rows.map((row) =>
        row.quarters === null ? toMinuteSummary(toRollup({ ...row, writer_id: '' })) : toSummary(row),
      );
    }),

    countByEndpoint: operation(async (params) => {
      const minutes = minutesWhere(new Conditions(), params);
      const summaries = new Conditions(minutes.values)
        .add('environment_id = ?', params.environmentId)
        .add('event_type = ?', params.eventType ?? '')
        .add('application_id = ?', params.applicationId)
        .add('endpoint_id > ?', '')
        .add('bucket_at >= ?', params.from)
        .add('bucket_at < ?', params.to);
      const limit = summaries.parameter(params.limit);
      const { rows } = await pool.query<{ endpointId: string; count: number }>(
        `SELECT endpoint_id AS "endpointId", sum(delivered + dead_lettered)::float8 AS count FROM (
          SELECT endpoint_id, delivered::bigint, dead_lettered::bigint FROM rollups ${minutes.where}
          UNION ALL SELECT endpoint_id, delivered, dead_lettered FROM rollup_summaries ${summaries.where}
        ) AS counted
        GROUP BY endpoint_id HAVING sum(delivered + dead_lettered) > 0 ORDER BY count DESC, endpoint_id LIMIT ${limit}`,
        summaries.values,
      );
      return rows;
    }),

    surveyEndpoints: operation(async ({ environmentId, slowerThanMs, from, to }) => {
      const counted = await pool.query<{ disabled: boolean; count: number }>({
        ...countEndpoints,
        values: [environmentId],
      });
      const countOf = (flag: boolean): number => counted.rows.find(({ disabled }) => disabled === flag)?.count ?? 0;
      const values = [environmentId, from, to, slowerThanMs];
      const { rows } = await pool.query<EndpointSums>({ ...findTroubled, values });
      return { enabled: countOf(false), disabled: countOf(true), troubled: rows };
    }),

    compactRollups: operation(createCompactRollups(pool)),
  };
}

function minutesWhere(conditions: Conditions, params: RollupFilter & RollupRange): Conditions {
  return conditions
    .add('environment_id = ?', params.environmentId)
    .add('bucket_at >= ?', params.from)
    .add('bucket_at < ?', params.to)
    .add('application_id = ?', params.applicationId)
    .add('endpoint_id = ?', params.endpointId)
    .add('event_type = ?', params.eventType);
}
