import type { JobLockStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';

/** $1 job, $2 holder, $3 until, $4 now. A row changes when the lock was free, had run out or was the holder's. */
const acquireJobLock = {
  name: 'acquire_job_lock',
  text: `
INSERT INTO job_locks AS l (name, holder, held_until) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
  WHERE l.holder = excluded.holder OR l.held_until <= $4`,
};

const releaseJobLock = { name: 'release_job_lock', text: 'DELETE FROM job_locks WHERE name = $1 AND holder = $2' };

/** Locks of scheduled jobs in PostgreSQL. */
export function createPostgresJobLockStore({ pool, operation }: PostgresContext): JobLockStore {
  return {
    acquireJobLock: operation(async ({ name, holder, until, now }) => {
      const { rowCount } = await pool.query({ ...acquireJobLock, values: [name, holder, until, now] });
      return { acquired: rowCount === 1 };
    }),

    releaseJobLock: operation(async ({ name, holder }) => {
      await pool.query({ ...releaseJobLock, values: [name, holder] });
    }),
  };
}
