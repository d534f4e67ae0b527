import type Database from 'better-sqlite3';
import { coreError } from '@postrider/core';

interface Pragma {
  readonly name: string;
  readonly set: string | number;
  /** What SQLite answers when it is in force. */
  readonly expected: string | number;
}

function pragmasFor(options: { cacheMiB: number }): readonly Pragma[] {
  const cacheKiB = options.cacheMiB * 1024;
  return [
    { name: 'journal_mode', set: 'WAL', expected: 'wal' },
    // The driver reopens WAL databases at NORMAL, where a power cut takes acknowledged commits back.
    { name: 'synchronous', set: 'FULL', expected: 2 },
    { name: 'busy_timeout', set: 5000, expected: 5000 },
    { name: 'foreign_keys', set: 'ON', expected: 1 },
    { name: 'temp_store', set: 'MEMORY', expected: 2 },
    // Negative means KiB.
    { name: 'cache_size', set: -cacheKiB, expected: -cacheKiB },
    // 16 MiB between checkpoints: each costs an fsync of the database file, and hot pages are written once for many commits.
    { name: 'wal_autocheckpoint', set: 4000, expected: 4000 },
    // Gives the disk space of an unusually long WAL back after the checkpoint.
    { name: 'journal_size_limit', set: 67_108_864, expected: 67_108_864 },
  ];
}

/** Sets what a connection does not remember, and reads each back: a pragma that does not take is otherwise silent. */
export function applyPragmas(db: Database.Database, options: { cacheMiB: number }): void {
  for (const pragma of pragmasFor(options)) {
    db.pragma(`${pragma.name} = ${pragma.set}`);
    const found: unknown = db.pragma(pragma.name, { simple: true });
    if (found === pragma.expected) continue;
    throw coreError(
      'STORAGE_UNAVAILABLE',
      `SQLite answered ${String(found)} for PRAGMA ${pragma.name}, expected ${pragma.expected}. ` +
        'The file system probably lacks what it needs (shared memory, locks): put the database on a local disk.',
    );
  }
}
