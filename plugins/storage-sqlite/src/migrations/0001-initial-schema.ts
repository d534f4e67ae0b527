import type { Migration } from './migration.js';

/**
 * Conventions: instants are INTEGER milliseconds since 1970, structured values are JSON text, flags are 0 or 1, absence
 * is NULL. Deliveries live in their primary key (WITHOUT ROWID) because every access is by key or by an index that
 * carries it, and that key is their id alone: ids grow with time, so new rows share pages whatever application they
 * belong to. Tables with large rows (payloads, response bodies) do not, and keep the large column last, so that the
 * others are read without following overflow pages.
 */
const configuration = `
CREATE TABLE environments (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE applications (
  id TEXT NOT NULL PRIMARY KEY,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  uid TEXT,
  name TEXT NOT NULL,
  metadata TEXT NOT NULL,
  throttle_rate REAL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (environment_id, uid)
) STRICT;
CREATE INDEX applications_by_environment ON applications (environment_id, id);

CREATE TABLE endpoints (
  id TEXT NOT NULL PRIMARY KEY,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  application_id TEXT NOT NULL REFERENCES applications (id),
  uid TEXT,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  metadata TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  disabled_reason TEXT,
  event_types TEXT,
  channels TEXT,
  headers TEXT NOT NULL,
  throttle_rate REAL,
  retry_schedule_ms TEXT,
  timeout_ms INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (application_id, uid)
) STRICT;
CREATE INDEX endpoints_by_application ON endpoints (application_id, id);

CREATE TABLE endpoint_secrets (
  endpoint_id TEXT NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
  scheme TEXT NOT NULL,
  key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (endpoint_id, scheme, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_types (
  environment_id TEXT NOT NULL REFERENCES environments (id),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  deprecated INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  schemas TEXT,
  feature_flags TEXT,
  group_name TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (environment_id, name)
) STRICT;

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_environment ON api_keys (environment_id, created_at, id);
`;

const traffic = `
CREATE TABLE messages (
  application_id TEXT NOT NULL,
  id TEXT NOT NULL,
  environment_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  event_id TEXT,
  channels TEXT,
  tags TEXT,
  deliver_at INTEGER,
  created_at INTEGER NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (application_id, id)
) STRICT;
CREATE UNIQUE INDEX messages_by_event_id ON messages (application_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX messages_by_age ON messages (created_at);

CREATE TABLE idempotency_keys (
  environment_id TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  application_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (environment_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

CREATE TABLE deliveries (
  application_id TEXT NOT NULL,
  id TEXT NOT NULL,
  environment_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  trigger_kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'in_flight', 'delivered', 'dead_letter', 'cancelled')),
  reason TEXT,
  due_at INTEGER NOT NULL,
  attempt_count INTEGER NOT NULL,
  first_attempt_at INTEGER,
  lease_token INTEGER NOT NULL,
  lease_until INTEGER,
  worker_id TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  message_created_at INTEGER NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (application_id, message_id) REFERENCES messages (application_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_environment ON deliveries (environment_id, id);
CREATE INDEX deliveries_by_message ON deliveries (message_id, id);
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint_id, id);
-- A delivery that succeeds at its first attempt passes through none of the following but deliveries_in_flight.
CREATE INDEX deliveries_pending ON deliveries (endpoint_id, attempt_count > 0, due_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_in_flight ON deliveries (endpoint_id, lease_until) WHERE status = 'in_flight';
CREATE INDEX deliveries_unsuccessful_by_environment ON deliveries (environment_id, status, id)
  WHERE status IN ('pending', 'dead_letter', 'cancelled');
CREATE INDEX deliveries_unsuccessful_by_endpoint ON deliveries (endpoint_id, status, id)
  WHERE status IN ('pending', 'dead_letter', 'cancelled');

CREATE TABLE attempts (
  application_id TEXT NOT NULL,
  id TEXT NOT NULL,
  environment_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  number INTEGER NOT NULL,
  trigger_kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  url TEXT NOT NULL,
  response_status_code INTEGER NOT NULL,
  error_kind TEXT,
  duration_ms REAL NOT NULL,
  started_at INTEGER NOT NULL,
  response_body TEXT NOT NULL,
  PRIMARY KEY (application_id, id),
  FOREIGN KEY (application_id, message_id) REFERENCES messages (application_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX attempts_by_message ON attempts (message_id, id);
CREATE INDEX attempts_by_endpoint ON attempts (endpoint_id, id);

CREATE TABLE rollups (
  environment_id TEXT NOT NULL,
  bucket_at INTEGER NOT NULL,
  application_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  writer_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  failed_attempts INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  max_attempt_number INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  dead_lettered INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  duration_sum_ms REAL NOT NULL,
  duration_min_ms REAL NOT NULL,
  duration_max_ms REAL NOT NULL,
  durations TEXT NOT NULL,
  errors TEXT NOT NULL,
  PRIMARY KEY (environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id)
) STRICT;
CREATE INDEX rollups_by_application ON rollups (application_id, bucket_at);
CREATE INDEX rollups_by_endpoint ON rollups (endpoint_id, bucket_at);
CREATE INDEX rollups_by_age ON rollups (bucket_at);
`;

/**
 * Which endpoints may have due deliveries: what a claim looks at instead of the backlog.
 *
 * `ready_at` is a lower bound of the instant at which the endpoint can next be claimed from, the later of its first
 * `due_at` and `paused_until`; NULL while nothing is pending. Too low is harmless: the claim finds nothing and corrects
 * it. Too high would lose work, so the only statements that raise it are the claim, which knows, and the triggers
 * lower it whenever a delivery becomes pending, whoever did that. `turn` orders endpoints by their last claim.
 */
const queues = `
CREATE TABLE endpoint_queues (
  endpoint_id TEXT NOT NULL PRIMARY KEY,
  ready_at INTEGER,
  paused_until INTEGER,
  turn INTEGER NOT NULL
) STRICT;
CREATE INDEX endpoint_queues_ready ON endpoint_queues (ready_at, turn) WHERE ready_at IS NOT NULL;

CREATE TRIGGER deliveries_pending_inserted AFTER INSERT ON deliveries WHEN NEW.status = 'pending' BEGIN
  INSERT INTO endpoint_queues (endpoint_id, ready_at, turn) VALUES (NEW.endpoint_id, NEW.due_at, 0)
  ON CONFLICT (endpoint_id) DO UPDATE SET ready_at = max(excluded.ready_at, coalesce(paused_until, 0))
  WHERE ready_at IS NULL OR ready_at > max(excluded.ready_at, coalesce(paused_until, 0));
END;
CREATE TRIGGER deliveries_pending_updated AFTER UPDATE OF status, due_at ON deliveries WHEN NEW.status = 'pending' BEGIN
  INSERT INTO endpoint_queues (endpoint_id, ready_at, turn) VALUES (NEW.endpoint_id, NEW.due_at, 0)
  ON CONFLICT (endpoint_id) DO UPDATE SET ready_at = max(excluded.ready_at, coalesce(paused_until, 0))
  WHERE ready_at IS NULL OR ready_at > max(excluded.ready_at, coalesce(paused_until, 0));
END;
`;

/** One row, rewritten to find out whether writing works again. */
const probe = `
CREATE TABLE write_probe (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  filling BLOB NOT NULL
) STRICT;
`;

/** Everything of the first release. */
export const initialSchema: Migration = {
  number: 1,
  name: 'initial schema',
  breaking: true,
  sql: configuration + traffic + queues + probe,
};
