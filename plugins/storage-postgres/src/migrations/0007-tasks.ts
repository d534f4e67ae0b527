import type { Migration } from './migration.js';

/** Background tasks, readers of messages, and the dead letters and cancelled deliveries of one endpoint in order. */
export const tasks: Migration = {
  number: 7,
  name: 'tasks',
  breaking: false,
  sql: `
CREATE TABLE tasks (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL,
  application_id text COLLATE "C",
  type text NOT NULL,
  input json NOT NULL,
  state text NOT NULL,
  cursor text,
  scanned bigint NOT NULL,
  affected bigint NOT NULL,
  result json,
  failure text,
  failures integer NOT NULL,
  run_at timestamptz NOT NULL,
  lease_token integer NOT NULL,
  lease_until timestamptz,
  worker_id text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX tasks_environment ON tasks (environment_id, id);
CREATE INDEX tasks_due ON tasks (run_at, id) WHERE state = 'waiting';
CREATE INDEX tasks_running ON tasks (lease_until) WHERE state = 'running';

CREATE TABLE consumer_positions (
  application_id text COLLATE "C" NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  sink_id text COLLATE "C" NOT NULL,
  consumer_id text COLLATE "C" NOT NULL,
  environment_id text COLLATE "C" NOT NULL,
  position text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (application_id, sink_id, consumer_id)
);

CREATE INDEX deliveries_unsuccessful ON deliveries (endpoint_id, status, id)
  WHERE status IN ('dead_letter', 'cancelled');
`,
};
