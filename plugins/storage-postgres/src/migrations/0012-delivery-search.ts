import type { Migration } from './migration.js';

/**
 * What deliveries are searched by, and old tasks are found by. The indexes of deliveries leave out what succeeded at
 * once, which is nearly everything.
 */
export const deliverySearch: Migration = {
  number: 12,
  name: 'delivery-search',
  breaking: false,
  sql: `
ALTER TABLE deliveries ADD COLUMN event_type text, ADD COLUMN last_status_code integer, ADD COLUMN last_error_kind text;
CREATE INDEX deliveries_status_code ON deliveries (environment_id, (last_status_code / 100), id)
  WHERE last_status_code < 200 OR last_status_code > 299;
CREATE INDEX deliveries_error_kind ON deliveries (environment_id, last_error_kind, id) WHERE last_error_kind IS NOT NULL;
CREATE INDEX tasks_ended ON tasks (ended_at) WHERE ended_at IS NOT NULL;
`,
};
