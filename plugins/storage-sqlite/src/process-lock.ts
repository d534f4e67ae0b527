import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { coreError } from '@postrider/core';
import { createPrivately } from './database-file.js';
import { toSqliteError } from './errors.js';
import { inTransaction } from './in-transaction.js';

/** The right of this process to use a database file. */
export interface ProcessLock {
  /** Gives it up. Safe to call twice. */
  release(): void;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** How long to wait for somebody who is just reading the owner, or is on its way out. */
const patienceMs = 250;

/**
 * Takes the database for this process, or rejects with `STORAGE_LOCKED`, naming the owner.
 *
 * The lock is a write transaction, kept open for the life of the process, on a tiny database of its own beside the
 * real one (`<path>.lock`). The operating system ends it with the process, however that dies, so no stale lock can
 * exist and no process id is ever probed. Readers are not kept out: the owner's row can be read through the lock, and
 * backup tools can read the real database.
 */
export function acquireProcessLock(params: { databasePath: string; now: Date }): ProcessLock {
  const lockPath = `${params.databasePath}.lock`;
  // Whoever can open it can lock it.
  createPrivately(lockPath);
  const db = new Database(lockPath, { timeout: patienceMs });
  try {
    // Announce first, then hold: what is announced must be committed to be readable. Should another process step in
    // between, its announcement replaces ours and our BEGIN fails.
    inTransaction(db, () => announce(db, params.now));
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const isLocked = toSqliteError(error)?.code.startsWith('SQLITE_BUSY') === true;
    const owner = isLocked ? readOwner(db) : undefined;
    db.close();
    throw isLocked ? lockedError({ databasePath: params.databasePath, owner }) : error;
  }
  return { release: () => db.close() };
}

function announce(db: Database.Database, now: Date): void {
  db.exec(`CREATE TABLE IF NOT EXISTS owner (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), pid INTEGER NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL
  ) STRICT`);
  db.prepare(`INSERT OR REPLACE INTO owner (only_row, pid, host, since) VALUES (1, :pid, :host, :since)`).run({
    pid: process.pid,
    host: hostname(),
    since: now.toISOString(),
  } satisfies Owner);
}

function readOwner(db: Database.Database): Owner | undefined {
  try {
    return db.prepare<unknown[], Owner>('SELECT pid, host, since FROM owner').get();
  } catch {
    // The owner is writing its announcement at this moment: the lock is certain, only its name is not known yet.
    return undefined;
  }
}

function lockedError(params: { databasePath: string; owner: Owner | undefined }): Error {
  const { owner } = params;
  const by = owner ? `process ${owner.pid} on host ${owner.host} (since ${owner.since})` : 'another process';
  return coreError(
    'STORAGE_LOCKED',
    `The database "${params.databasePath}" is in use by ${by}; SQLite storage serves one process. ` +
      'Stop that process, or use PostgreSQL storage to run several.',
    { details: { ...owner } },
  );
}
