import type { Migration } from './migration.js';

/** Background tasks, and readers of messages. */
export const tasks: Migration = {
  number: 7,
  name: 'tasks',
  breaking: false,
  sql: `
CREATE TABLE tasks (
  id TEXT NOT NULL PRIMARY KEY,
  environment_id TEXT NOT NULL,
  application_id TEXT,
  type TEXT NOT NULL,
  input TEXT NOT NULL,
  state TEXT NOT NULL,
  cursor TEXT,
  scanned INTEGER NOT NULL,
  affected INTEGER NOT NULL,
  result TEXT,
  failure TEXT,
  failures INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  lease_token INTEGER NOT NULL,
  lease_until INTEGER,
  worker_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_by_environment ON tasks (environment_id, id);
CREATE INDEX tasks_due ON tasks (run_at, id) WHERE state = 'waiting';
CREATE INDEX tasks_running ON tasks (lease_until, id) WHERE state = 'running';

CREATE TABLE consumer_positions (
  application_id TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  sink_id TEXT NOT NULL,
  consumer_id TEXT NOT NULL,
  environment_id TEXT NOT NULL,
  position TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (application_id, sink_id, consumer_id)
) STRICT, WITHOUT ROWID;
`,
};
