import type { FailureRun, FailureSign, FailureStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toMs } from '../rows/values.js';

/** Changes a row only when it begins or ends a run. */
const noteSign = `
UPDATE endpoints SET failing_since = :failedAt, failure_notices = 0
WHERE id = :endpointId AND application_id = :applicationId AND (failing_since IS NULL) <> (:failedAt IS NULL)`;
const listRuns = `
SELECT environment_id AS environmentId, application_id AS applicationId, id AS endpointId,
  failing_since AS failingSince, failure_notices AS notices
FROM endpoints INDEXED BY endpoints_failing
WHERE failing_since IS NOT NULL AND disabled = 0 AND failing_since < :before AND (failing_since, id) > (:since, :id)
ORDER BY failing_since, id LIMIT :limit`;
const replaceRun = `
UPDATE endpoints SET failing_since = :nextSince, failure_notices = :nextNotices
WHERE id = :endpointId AND application_id = :applicationId AND environment_id = :environmentId
  AND failing_since = :since AND failure_notices = :notices`;
const endRun = 'UPDATE endpoints SET failing_since = NULL, failure_notices = 0 WHERE id = ?';

type RunRow = Omit<FailureRun, 'failingSince'> & { readonly failingSince: number };

/** Failure runs of endpoints in SQLite. */
export function createFailureStore(connection: SqliteConnection): FailureStore {
  return {
    listFailureRuns: ({ before, after, limit, signal }) =>
      connection.run(signal, () => {
        const position = { since: toMs(after?.failingSince) ?? 0, id: after?.endpointId ?? '' };
        const rows = connection.statement<RunRow>(listRuns).all({ before: before.getTime(), ...position, limit });
        return rows.map((row) => ({ ...row, failingSince: new Date(row.failingSince) }));
      }),

    replaceFailureRun: ({ expected, next, signal }) =>
      connection.run(signal, () => {
        const { environmentId, applicationId, endpointId, failingSince, notices } = expected;
        const values = {
          ...{ environmentId, applicationId, endpointId, since: failingSince.getTime(), notices },
          ...{ nextSince: toMs(next?.failingSince), nextNotices: next?.notices ?? 0 },
        };
        return { replaced: connection.write(() => connection.statement(replaceRun).run(values)).changes === 1 };
      }),
  };
}

/** Begins or ends a run; part of the transaction of an outcome. */
export function noteFailureSign(connection: SqliteConnection, sign: FailureSign): void {
  const { applicationId, endpointId, failedAt } = sign;
  connection.statement(noteSign).run({ applicationId, endpointId, failedAt: toMs(failedAt) });
}

/** Ends the run of an endpoint; part of the transaction that disables or enables it. */
export function endFailureRun(connection: SqliteConnection, endpointId: string): void {
  connection.statement(endRun).run(endpointId);
}
