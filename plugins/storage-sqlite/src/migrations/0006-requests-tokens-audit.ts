import type { Migration } from './migration.js';

const sql = `
ALTER TABLE api_keys ADD COLUMN application_id TEXT;
ALTER TABLE api_keys ADD COLUMN session_id TEXT;
CREATE INDEX portal_tokens_by_application ON api_keys (application_id) WHERE application_id IS NOT NULL;

CREATE TABLE requests (
  environment_id TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  holder TEXT NOT NULL,
  held_until INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  status INTEGER,
  body TEXT,
  PRIMARY KEY (environment_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_expiry ON requests (expires_at);

CREATE TABLE audit_log (
  id TEXT NOT NULL PRIMARY KEY,
  environment_id TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  before TEXT,
  after TEXT,
  request_id TEXT NOT NULL,
  ip TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_log_by_environment ON audit_log (environment_id, id);
CREATE INDEX audit_log_by_age ON audit_log (created_at);
`;

/** Answers kept for repeated requests, portal tokens, and the audit log. */
export const requestsTokensAudit: Migration = { number: 6, name: 'requests-tokens-audit', breaking: false, sql };
