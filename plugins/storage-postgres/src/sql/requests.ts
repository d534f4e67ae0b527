/**
 * Takes a key: $1 environment, $2 key, $3 fingerprint, $4 holder, $5 held until, $6 expires at, $7 now. A row comes back
 * when it was free, expired, or held by somebody who died. A conflicting insert waits for the one that came first.
 */
export const reserveRequest = {
  name: 'reserve_request',
  text: `
INSERT INTO requests AS r (environment_id, key, fingerprint, holder, held_until, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (environment_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, holder = excluded.holder,
  held_until = excluded.held_until, expires_at = excluded.expires_at, status = NULL, body = NULL
  WHERE r.expires_at < $7
    OR (r.status IS NULL AND r.held_until <= $7 AND r.fingerprint = excluded.fingerprint)
RETURNING holder`,
};

/** $1 environment, $2 key. */
export const findRequest = {
  name: 'find_request',
  text: 'SELECT fingerprint, held_until, status, body FROM requests WHERE environment_id = $1 AND key = $2',
};

const isHeld = 'environment_id = $1 AND key = $2 AND holder = $3 AND status IS NULL';

/** $1 environment, $2 key, $3 holder, $4 status, $5 body. */
export const answerRequest = {
  name: 'answer_request',
  text: `UPDATE requests SET status = $4, body = $5 WHERE ${isHeld}`,
};

/** $1 environment, $2 key, $3 holder. */
export const releaseRequest = { name: 'release_request', text: `DELETE FROM requests WHERE ${isHeld}` };
