import type { FailureSign, FailureStore } from '@postrider/core';
import type { QueryConfig } from 'pg';
import type { PostgresContext } from '../context.js';
import { toTimestamp } from '../database/rows.js';
import { listFailureRuns, noteFailureSigns, replaceFailureRun } from '../sql/failure-runs.js';

interface FailureRunRow {
  readonly environment_id: string;
  readonly application_id: string;
  readonly id: string;
  readonly failing_since: Date;
  readonly failure_notices: number;
}

/** Failure runs of endpoints in PostgreSQL. */
export function createPostgresFailureStore({ pool, operation }: PostgresContext): FailureStore {
  return {
    listFailureRuns: operation(async ({ before, after, limit }) => {
      const position = [after?.failingSince ?? new Date(0), after?.endpointId ?? ''];
      const { rows } = await pool.query<FailureRunRow>({ ...listFailureRuns, values: [before, ...position, limit] });
      return rows.map((row) => ({
        environmentId: row.environment_id,
        applicationId: row.application_id,
        endpointId: row.id,
        failingSince: row.failing_since,
        notices: row.failure_notices,
      }));
    }),

    replaceFailureRun: operation(async ({ expected, next }) => {
      const { environmentId, applicationId, endpointId, failingSince, notices } = expected;
      const values = [environmentId, applicationId, endpointId, failingSince, notices];
      const replacement = [next?.failingSince ?? null, next?.notices ?? 0];
      const { rowCount } = await pool.query({ ...replaceFailureRun, values: [...values, ...replacement] });
      return { replaced: rowCount === 1 };
    }),
  };
}

/** Begins and ends runs; the last sign of an endpoint is the one that counts. */
export function failureSignQuery(signs: readonly FailureSign[]): QueryConfig {
  const last = [...new Map(signs.map((sign) => [sign.endpointId, sign])).values()];
  return {
    ...noteFailureSigns,
    values: [
      last.map(({ applicationId }) => applicationId),
      last.map(({ endpointId }) => endpointId),
      last.map(({ failedAt }) => toTimestamp(failedAt)),
    ],
  };
}
