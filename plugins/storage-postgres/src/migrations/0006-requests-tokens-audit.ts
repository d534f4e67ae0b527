import type { Migration } from './migration.js';

const sql = `
ALTER TABLE api_keys ADD COLUMN application_id text COLLATE "C", ADD COLUMN session_id text;
CREATE INDEX api_keys_application ON api_keys (application_id) WHERE application_id IS NOT NULL;

CREATE TABLE requests (
  environment_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text NOT NULL,
  holder text NOT NULL,
  held_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  status integer,
  body text,
  PRIMARY KEY (environment_id, key)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX requests_expiry ON requests (expires_at);

CREATE TABLE audit_log (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  target json NOT NULL,
  before json,
  after json,
  request_id text NOT NULL,
  ip text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX audit_log_environment ON audit_log (environment_id, id);
CREATE INDEX audit_log_age ON audit_log (created_at);
`;

/** Answers kept for repeated requests, portal tokens, and the audit log. */
export const requestsTokensAudit: Migration = { number: 6, name: 'requests-tokens-audit', breaking: false, sql };
