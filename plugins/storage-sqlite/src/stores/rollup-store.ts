import type { RollupStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toRollup, type RollupRow } from '../rows/rollup-row.js';
import { Conditions } from '../sql/conditions.js';

/** Rollups in SQLite. */
export function createRollupStore(connection: SqliteConnection): RollupStore {
  return {
    readRollups: ({ environmentId, from, to, applicationId, endpointId, eventType, signal }) =>
      connection.run(signal, () => {
        const { text, values } = new Conditions()
          .add('environment_id = :environmentId', 'environmentId', environmentId)
          .add('bucket_at >= :from', 'from', from)
          .add('bucket_at < :to', 'to', to)
          .add('application_id = :applicationId', 'applicationId', applicationId)
          .add('endpoint_id = :endpointId', 'endpointId', endpointId)
          .add('event_type = :eventType', 'eventType', eventType)
          .forAll();
        const index = indexFor({ applicationId, endpointId });
        return connection.statement<RollupRow>(`SELECT * FROM rollups ${index} ${text}`).all(values).map(toRollup);
      }),
  };
}

function indexFor(subject: { applicationId: string | undefined; endpointId: string | undefined }): string {
  if (subject.endpointId !== undefined) return 'INDEXED BY rollups_by_endpoint';
  return subject.applicationId === undefined ? '' : 'INDEXED BY rollups_by_application';
}
