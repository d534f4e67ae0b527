import { coreError, type RequestStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';
import { answerRequest, findRequest, releaseRequest, reserveRequest } from '../sql/requests.js';

interface RequestRow {
  readonly fingerprint: string;
  readonly held_until: Date;
  readonly status: number | null;
  readonly body: string | null;
}

/** Rounds for a key that vanished between losing against its holder and asking who that is. */
const maxRounds = 3;

/** Requests that must take effect once, in PostgreSQL. */
export function createPostgresRequestStore({ pool, operation }: PostgresContext): RequestStore {
  return {
    reserveRequest: operation(async ({ environmentId, key, fingerprint, holder, heldUntil, expiresAt, now }) => {
      const values = [environmentId, key, fingerprint, holder, heldUntil, expiresAt, now];
      for (let round = 1; round <= maxRounds; round += 1) {
        const { rowCount } = await pool.query({ ...reserveRequest, values });
        if (rowCount === 1) return { outcome: 'reserved' };
        const { rows } = await pool.query<RequestRow>({ ...findRequest, values: [environmentId, key] });
        const row = rows[0];
        if (row === undefined) continue;
        if (row.fingerprint !== fingerprint) return { outcome: 'mismatch' };
        if (row.status !== null) return { outcome: 'answered', answer: { status: row.status, body: row.body ?? '' } };
        return { outcome: 'running', heldUntil: row.held_until };
      }
      throw coreError('STORAGE_CONFLICT', `The key of a request changed hands ${maxRounds} times in a row: try again.`);
    }),

    answerRequest: operation(async ({ environmentId, key, holder, answer }) => {
      const values = [environmentId, key, holder, answer.status, answer.body];
      const { rowCount } = await pool.query({ ...answerRequest, values });
      return rowCount === 1;
    }),

    releaseRequest: operation(async ({ environmentId, key, holder }) => {
      await pool.query({ ...releaseRequest, values: [environmentId, key, holder] });
    }),
  };
}
