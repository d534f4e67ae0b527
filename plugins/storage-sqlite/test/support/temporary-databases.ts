import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@postrider/core';
import { createSqliteStorage, type SqliteStorageDeps } from '../../src/index.js';

/** Database files in a directory of their own, which `remove` deletes. */
export class TemporaryDatabases {
  readonly #directory = mkdtempSync(join(tmpdir(), 'postrider-sqlite-'));
  readonly #paths = new Map<Storage, string>();
  #created = 0;

  /** The path of a file that does not exist yet. */
  newPath(): string {
    this.#created += 1;
    return join(this.#directory, `${this.#created}.db`);
  }

  /** A storage on the file, not migrated. */
  open(path: string, deps: SqliteStorageDeps = {}): Storage {
    const storage = createSqliteStorage({ path }, deps);
    this.#paths.set(storage, path);
    return storage;
  }

  /** The file of a storage that `open` returned. */
  pathOf(storage: Storage): string {
    const found = this.#paths.get(storage);
    if (found === undefined) throw new Error('This storage was not opened here.');
    return found;
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
