import type { Migration } from './migration.js';

const sql = `
CREATE TABLE settings (
  name text COLLATE "C" PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL
);
`;

/** What was changed at run time, for the whole instance. */
export const settings: Migration = { number: 5, name: 'settings', breaking: false, sql };
