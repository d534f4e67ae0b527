import type { Migration } from './migration.js';

const sql = `CREATE INDEX endpoints_by_environment ON endpoints (environment_id, disabled);`;

/** How many endpoints of an environment are disabled is counted in an index. */
export const endpointCounts: Migration = { number: 40, name: 'endpoint-counts', breaking: false, sql };
