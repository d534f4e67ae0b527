import type { JobLockStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

/** Changes a row when the lock was free, had run out or was the holder's. */
const acquire = `
INSERT INTO job_locks (name, holder, held_until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE job_locks.holder = excluded.holder OR job_locks.held_until <= :now`;
const release = 'DELETE FROM job_locks WHERE name = :name AND holder = :holder';

/** Locks of scheduled jobs in SQLite. */
export function createJobLockStore(connection: SqliteConnection): JobLockStore {
  return {
    acquireJobLock: ({ name, holder, until, now, signal }) =>
      connection.run(signal, () => {
        const values = { name, holder, until: until.getTime(), now: now.getTime() };
        return { acquired: connection.write(() => connection.statement(acquire).run(values)).changes === 1 };
      }),

    releaseJobLock: ({ name, holder, signal }) =>
      connection.run(signal, () => {
        connection.write(() => connection.statement(release).run({ name, holder }));
      }),
  };
}
