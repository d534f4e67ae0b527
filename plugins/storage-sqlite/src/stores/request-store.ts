import type { RequestStore, ReserveRequestResult } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

interface RequestRow {
  readonly fingerprint: string;
  readonly held_until: number;
  readonly status: number | null;
  readonly body: string | null;
}

const selectLive = `
SELECT fingerprint, held_until, status, body FROM requests WHERE environment_id = ? AND key = ? AND expires_at >= ?`;
const reserve = `
INSERT OR REPLACE INTO requests (environment_id, key, fingerprint, holder, held_until, expires_at)
VALUES (?, ?, ?, ?, ?, ?)`;
const isHeld = 'environment_id = ? AND key = ? AND holder = ? AND status IS NULL';
const answerHeld = `UPDATE requests SET status = ?, body = ? WHERE ${isHeld}`;
const releaseHeld = `DELETE FROM requests WHERE ${isHeld}`;

/** Requests that must take effect once, in SQLite. */
export function createRequestStore(connection: SqliteConnection): RequestStore {
  return {
    reserveRequest: ({ environmentId, key, fingerprint, holder, heldUntil, expiresAt, now, signal }) =>
      connection.run(signal, () =>
        connection.write((): ReserveRequestResult => {
          const row = connection.statement<RequestRow>(selectLive).get(environmentId, key, now.getTime());
          if (row !== undefined) {
            if (row.fingerprint !== fingerprint) return { outcome: 'mismatch' };
            if (row.status !== null) {
              return { outcome: 'answered', answer: { status: row.status, body: row.body ?? '' } };
            }
            if (row.held_until > now.getTime()) return { outcome: 'running', heldUntil: new Date(row.held_until) };
          }
          const held = [heldUntil.getTime(), expiresAt.getTime()];
          connection.statement(reserve).run(environmentId, key, fingerprint, holder, ...held);
          return { outcome: 'reserved' };
        }),
      ),

    answerRequest: ({ environmentId, key, holder, answer, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(answerHeld);
        const values = [answer.status, answer.body, environmentId, key, holder];
        return connection.write(() => statement.run(...values)).changes === 1;
      }),

    releaseRequest: ({ environmentId, key, holder, signal }) =>
      connection.run(signal, () => {
        const statement = connection.statement(releaseHeld);
        connection.write(() => statement.run(environmentId, key, holder));
      }),
  };
}
