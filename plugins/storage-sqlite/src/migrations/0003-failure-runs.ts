import type { Migration } from './migration.js';

const sql = `
ALTER TABLE endpoints ADD COLUMN failing_since INTEGER;
ALTER TABLE endpoints ADD COLUMN failure_notices INTEGER NOT NULL DEFAULT 0;
CREATE INDEX endpoints_failing ON endpoints (failing_since, id) WHERE failing_since IS NOT NULL AND disabled = 0;
`;

/** Since when an endpoint fails without a success, and how often somebody was told. */
export const failureRuns: Migration = { number: 3, name: 'failure-runs', breaking: false, sql };
