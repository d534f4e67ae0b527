import { toMinuteSummary, type RollupFilter, type RollupRange, type RollupStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toRollup, toRollupRow, toSummary, type RollupRow, type SummaryRow } from '../rows/rollup-row.js';
import { Conditions } from '../sql/conditions.js';
import { upsertRollup } from '../sql/record-outcomes.js';
import { createCompactRollups } from './compact-rollups.js';
import { surveyEndpoints } from './survey-endpoints.js';

/** Rollups in SQLite. Each method reads without a pause, hence as of one instant. */
export function createRollupStore(connection: SqliteConnection): RollupStore {
  const readMinutes = (params: RollupFilter & RollupRange): RollupRow[] => {
    const { text, values } = minutesWhere(params);
    return connection.statement<RollupRow>(`SELECT * FROM rollups ${indexFor(params)} ${text}`).all(values);
  };
  return {
    readRollups: (params) => connection.run(params.signal, () => readMinutes(params).map(toRollup)),

    writeRollups: ({ rollups, signal }) =>
      connection.run(signal, () => {
        connection.write(() => {
          for (const rollup of rollups) connection.statement(upsertRollup).run(toRollupRow(rollup));
        });
      }),

    readSummaries: (params) =>
      connection.run(params.signal, () => {
        const { environmentId, applicationId = '', endpointId = '', eventType = '', from, to } = params;
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('event_type = :eventType', 'eventType', eventType)
          .add('application_id = :applicationId', 'applicationId', applicationId)
          .add('endpoint_id = :endpointId', 'endpointId', endpointId)
          .add('span_minutes > :minute', 'minute', 1)
          .add('bucket_at >= :from', 'from', from)
          .add('bucket_at < :to', 'to', to)
          .forAll();
        const summaries = connection.statement<SummaryRow>(`SELECT * FROM rollup_summaries ${text}`).all(values);
        const minutes = readMinutes(params);
        return [...summaries.map(toSummary), ...minutes.map((row) => toMinuteSummary(toRollup(row)))];
      }),

    countByEndpoint: ({ environmentId, applicationId, eventType, from, to, limit, signal }) =>
      connection.run(signal, () => {
        const minutes = minutesWhere({ environmentId, applicationId, eventType, from, to });
        const summaries = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('event_type = :scopeType', 'scopeType', eventType ?? '')
          .add('application_id = :applicationId', 'applicationId', applicationId)
          .add('endpoint_id > :all', 'all', '')
          .add('bucket_at >= :from', 'from', from)
          .add('bucket_at < :to', 'to', to)
          .forAll();
        const index = indexFor({ applicationId, endpointId: undefined });
        const sql = `
          SELECT endpoint_id AS endpointId, sum(delivered + dead_lettered) AS count FROM (
            SELECT endpoint_id, delivered, dead_lettered FROM rollups ${index} ${minutes.text}
            UNION ALL SELECT endpoint_id, delivered, dead_lettered FROM rollup_summaries ${summaries.text}
          )
          GROUP BY endpoint_id HAVING count > 0 ORDER BY count DESC, endpoint_id LIMIT :limit`;
        const values = { ...minutes.values, ...summaries.values, limit };
        return connection.statement<{ endpointId: string; count: number }>(sql).all(values);
      }),

    surveyEndpoints: (params) => connection.run(params.signal, () => surveyEndpoints(connection, params)),

    compactRollups: createCompactRollups(connection),
  };
}

function minutesWhere({ environmentId, from, to, applicationId, endpointId, eventType }: RollupFilter & RollupRange) {
  return new Conditions()
    .add('environment_id = :environmentId', 'environmentId', environmentId)
    .add('bucket_at >= :from', 'from', from)
    .add('bucket_at < :to', 'to', to)
    .add('application_id = :applicationId', 'applicationId', applicationId)
    .add('endpoint_id = :endpointId', 'endpointId', endpointId)
    .add('event_type = :eventType', 'eventType', eventType)
    .forAll();
}

function indexFor(subject: Pick<RollupFilter, 'applicationId' | 'endpointId'>): string {
  if (subject.endpointId !== undefined) return 'INDEXED BY rollups_by_endpoint';
  return subject.applicationId === undefined ? '' : 'INDEXED BY rollups_by_application';
}
