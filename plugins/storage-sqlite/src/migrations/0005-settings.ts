import type { Migration } from './migration.js';

const sql = `
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What was changed at run time, for the whole instance. */
export const settings: Migration = { number: 5, name: 'settings', breaking: false, sql };
