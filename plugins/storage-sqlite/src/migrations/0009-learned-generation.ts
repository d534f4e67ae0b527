import type { Migration } from './migration.js';

/** What delivery learned about an endpoint gets a generation, so that who knows less cannot undo it. */
export const learnedGeneration: Migration = {
  number: 9,
  name: 'learned generation',
  breaking: false,
  sql: `
ALTER TABLE endpoint_queues ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
`,
};
