import type { Migration } from './migration.js';

const sql = `
CREATE TABLE job_locks (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Who does a scheduled job, and until when. */
export const jobLocks: Migration = { number: 4, name: 'job-locks', breaking: false, sql };
