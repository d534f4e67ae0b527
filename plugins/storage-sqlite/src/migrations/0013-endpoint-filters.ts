import type { Migration } from './migration.js';

/** Endpoints may choose messages by their payload. */
export const endpointFilters: Migration = {
  number: 13,
  name: 'endpoint filters',
  breaking: false,
  sql: `
ALTER TABLE endpoints ADD COLUMN filter TEXT;
`,
};
