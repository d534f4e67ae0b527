import type Database from 'better-sqlite3';

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction, synchronously: nothing else can use the connection until it has
 * been committed or rolled back.
 *
 * Refuses to run inside a transaction somebody else opened (better-sqlite3's own helper would nest in it): a write
 * acknowledged from there would vanish when the other one is rolled back.
 */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
  if (db.inTransaction) {
    throw new Error('A transaction is already open on this connection: every write must be its own.');
  }
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite rolls back by itself after some errors, a full disk among them.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
