import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { StoreFacts, StoreFinding } from '@postrider/core';

/** Beyond this the write-ahead log is not being moved into the database: somebody reads for a very long time. */
const longLogBytes = 512 * 1024 * 1024;

/** What SQLite and the file system say of the database. */
export function examineDatabase(db: Database.Database, path: string): StoreFacts {
  const read = (pragma: string): string => String(db.pragma(pragma, { simple: true }));
  const logBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const { mode, size } = statSync(path);
  const findings: StoreFinding[] = [];
  if ((mode & 0o077) !== 0) {
    findings.push({
      found: `The database file can be read by others than its owner (mode ${(mode & 0o777).toString(8)}).`,
      advice: `Run: chmod 600 ${path}`,
    });
  }
  if (logBytes > longLogBytes) {
    findings.push({
      found: `The write-ahead log has ${logBytes} bytes: a reader keeps it from being moved into the database.`,
      advice: 'End the backup tool or the shell that has a transaction open.',
    });
  }
  return {
    product: 'SQLite',
    version: db.prepare<unknown[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '',
    settings: { journal_mode: read('journal_mode'), file_bytes: String(size), log_bytes: String(logBytes) },
    findings,
  };
}
