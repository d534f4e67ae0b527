import type { Migration } from './migration.js';

const sql = `
CREATE TABLE job_locks (
  name text COLLATE "C" PRIMARY KEY,
  holder text NOT NULL,
  held_until timestamptz NOT NULL
);
`;

/** Who does a scheduled job, and until when. */
export const jobLocks: Migration = { number: 4, name: 'job-locks', breaking: false, sql };
