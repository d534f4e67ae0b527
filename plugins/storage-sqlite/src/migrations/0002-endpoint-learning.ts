import type { Migration } from './migration.js';

/** What delivery learns about an endpoint, beside its pause; and how many requests at once an endpoint wants at most. */
export const endpointLearning: Migration = {
  number: 2,
  name: 'endpoint learning',
  breaking: false,
  sql: `
ALTER TABLE endpoint_queues ADD COLUMN learned TEXT;
ALTER TABLE endpoints ADD COLUMN max_in_flight INTEGER;
`,
};
