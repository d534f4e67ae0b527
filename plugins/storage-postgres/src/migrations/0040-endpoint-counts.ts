import type { Migration } from './migration.js';

const sql = `
CREATE INDEX endpoints_environment ON endpoints (environment_id, disabled);
CREATE INDEX rollup_summaries_endpoints ON rollup_summaries (environment_id, event_type, bucket_at)
  INCLUDE (application_id, endpoint_id, delivered, dead_lettered) WHERE endpoint_id > '';
`;

/** Endpoints, and what each delivered, are counted in indexes: summaries themselves are wide, for they have histograms. */
export const endpointCounts: Migration = { number: 40, name: 'endpoint-counts', breaking: false, sql };
