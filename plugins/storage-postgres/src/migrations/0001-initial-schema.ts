import type { Migration } from './migration.js';

/**
 * Names of columns are those of the domain. Ids are compared byte by byte (COLLATE "C"): that is their order in time.
 *
 * `messages`, `deliveries` and `attempts` are partitioned by the message id, hence by the day of the message: all that
 * belongs to a message lies in partitions of one day, and old days are dropped instead of deleted.
 * Their primary keys begin with the message id: it alone finds the few rows of a message, and new keys come at the end.
 * `pending_deliveries` is the queue: one row for each pending delivery, none for any other. It is written in the
 * transaction that changes the status. A claim reads it and not the partitions, of which there may be hundreds.
 */
export const initialSchema: Migration = {
  number: 1,
  name: 'initial-schema',
  breaking: true,
  sql: `
CREATE TABLE environments (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE applications (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL REFERENCES environments (id),
  uid text COLLATE "C",
  name text NOT NULL,
  metadata json NOT NULL,
  throttle_rate double precision,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (environment_id, id),
  CONSTRAINT applications_uid UNIQUE (environment_id, uid)
);

CREATE TABLE endpoints (
  application_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  environment_id text COLLATE "C" NOT NULL,
  uid text COLLATE "C",
  url text NOT NULL,
  description text NOT NULL,
  metadata json NOT NULL,
  disabled boolean NOT NULL,
  disabled_reason text,
  event_types text[],
  channels text[],
  headers json NOT NULL,
  throttle_rate double precision,
  retry_schedule_ms double precision[],
  timeout_ms double precision,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  paused_until timestamptz,
  PRIMARY KEY (application_id, id),
  CONSTRAINT endpoints_uid UNIQUE (application_id, uid),
  CONSTRAINT endpoints_application FOREIGN KEY (environment_id, application_id)
    REFERENCES applications (environment_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE INDEX endpoints_paused ON endpoints (paused_until) INCLUDE (id) WHERE paused_until IS NOT NULL;

CREATE TABLE endpoint_secrets (
  application_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  scheme text NOT NULL,
  key text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (application_id, endpoint_id, key),
  FOREIGN KEY (application_id, endpoint_id) REFERENCES endpoints (application_id, id) ON DELETE CASCADE
);

CREATE TABLE event_types (
  environment_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text NOT NULL,
  deprecated boolean NOT NULL,
  archived boolean NOT NULL,
  schemas json,
  feature_flags text[],
  group_name text,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT event_types_pkey PRIMARY KEY (environment_id, name),
  CONSTRAINT event_types_environment FOREIGN KEY (environment_id) REFERENCES environments (id)
);

CREATE TABLE api_keys (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  hash text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_keys_environment ON api_keys (environment_id, created_at, id);

CREATE TABLE messages (
  application_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  environment_id text COLLATE "C" NOT NULL,
  event_type text NOT NULL,
  payload text NOT NULL,
  event_id text,
  channels text[],
  tags text[],
  deliver_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (application_id, id)
) PARTITION BY RANGE (id);

CREATE TYPE delivery_status AS ENUM ('pending', 'in_flight', 'delivered', 'dead_letter', 'cancelled');

CREATE TABLE deliveries (
  application_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  environment_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  trigger text NOT NULL,
  status delivery_status NOT NULL,
  attempt_count integer NOT NULL,
  lease_token integer NOT NULL,
  due_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  message_created_at timestamptz NOT NULL,
  first_attempt_at timestamptz,
  lease_until timestamptz,
  ended_at timestamptz,
  worker_id text,
  reason text,
  PRIMARY KEY (message_id, application_id, id)
) PARTITION BY RANGE (message_id);
CREATE INDEX deliveries_environment ON deliveries (environment_id, id) INCLUDE (status);
CREATE INDEX deliveries_endpoint ON deliveries (endpoint_id, id) INCLUDE (status);
CREATE INDEX deliveries_in_flight ON deliveries (endpoint_id, lease_until) WHERE status = 'in_flight';
CREATE INDEX deliveries_dead_letter ON deliveries (environment_id, id) WHERE status = 'dead_letter';

CREATE TABLE pending_deliveries (
  application_id text COLLATE "C" NOT NULL,
  delivery_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  retry boolean NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (application_id, delivery_id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX pending_deliveries_endpoint ON pending_deliveries (endpoint_id, retry, due_at, delivery_id);
CREATE INDEX pending_deliveries_message ON pending_deliveries (message_id);
CREATE INDEX pending_deliveries_due ON pending_deliveries (due_at) INCLUDE (endpoint_id);

CREATE TABLE attempts (
  application_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  environment_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  delivery_id text COLLATE "C" NOT NULL,
  event_type text NOT NULL,
  number integer NOT NULL,
  trigger text NOT NULL,
  outcome text NOT NULL,
  url text NOT NULL,
  response_status_code integer NOT NULL,
  response_body text NOT NULL,
  error_kind text,
  duration_ms double precision NOT NULL,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, application_id, id)
) PARTITION BY RANGE (message_id);
CREATE INDEX attempts_endpoint ON attempts (endpoint_id, id);
CREATE INDEX attempts_application ON attempts (application_id, id);

-- Not partitioned: uniqueness has to hold over all days.
CREATE TABLE event_ids (
  application_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (application_id, event_id)
);
CREATE INDEX event_ids_message ON event_ids (message_id);

CREATE TABLE idempotency_keys (
  environment_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  body_hash text NOT NULL,
  application_id text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (environment_id, key)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

CREATE TABLE rollups (
  environment_id text COLLATE "C" NOT NULL,
  bucket_at timestamptz NOT NULL,
  application_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL,
  writer_id text COLLATE "C" NOT NULL,
  attempts integer NOT NULL,
  failed_attempts integer NOT NULL,
  retries integer NOT NULL,
  max_attempt_number integer NOT NULL,
  delivered integer NOT NULL,
  dead_lettered integer NOT NULL,
  cancelled integer NOT NULL,
  duration_sum_ms double precision NOT NULL,
  duration_min_ms double precision NOT NULL,
  duration_max_ms double precision NOT NULL,
  durations json NOT NULL,
  errors json NOT NULL,
  PRIMARY KEY (environment_id, bucket_at, application_id, endpoint_id, event_type, writer_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX rollups_endpoint ON rollups (endpoint_id, bucket_at);
CREATE INDEX rollups_age ON rollups (bucket_at);
`,
};
