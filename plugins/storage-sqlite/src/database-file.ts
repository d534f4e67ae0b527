import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { coreError } from '@postrider/core';

/**
 * Makes sure that the file exists, readable by its owner alone (SQLite gives `-wal` and `-shm` the same mode), and
 * returns its one true path, so that a link cannot lead a second process past the lock beside it.
 */
export function prepareDatabaseFile(configuredPath: string): string {
  const absolutePath = resolve(configuredPath);
  try {
    mkdirSync(dirname(absolutePath), { recursive: true });
    createPrivately(absolutePath);
    return realpathSync(absolutePath);
  } catch (cause) {
    throw coreError(
      'STORAGE_UNAVAILABLE',
      `The database file "${absolutePath}" cannot be created or written: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Point "path" to a file in a directory that this user may write to.',
      { cause },
    );
  }
}

/** Creates the file, unless it exists, for its owner alone. */
export function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
