import { silentLogger, type Storage } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { createTestDatabase, type TestDatabase } from '@postrider/test-support';
import type { PostgresStorageOptions } from '../../src/config.js';
import { createPostgresStorage } from '../../src/postgres-storage.js';

/** The beginning of time in tests: partitions are made ahead of it. */
export const startAt = new Date('2026-01-01T00:00:00.000Z');

/** Storages in one database, each in a schema of its own. */
export class TestStorages {
  readonly #options = new Map<Storage, PostgresStorageOptions>();
  #database: Promise<TestDatabase> | undefined;
  #schemas = 0;

  /** An open storage without data. */
  async create(options: Partial<PostgresStorageOptions> = {}): Promise<Storage> {
    this.#database ??= createTestDatabase();
    const { url } = await this.#database;
    this.#schemas += 1;
    const storage = this.#open({ url, schema: `case_${this.#schemas}`, poolSize: 4, ...options });
    await storage.migrate({});
    return storage;
  }

  /** Another one on the data of `storage`, not migrated. */
  async openAnother(storage: Storage, options: Partial<PostgresStorageOptions> = {}): Promise<Storage> {
    return this.#open({ ...this.optionsOf(storage), ...options });
  }

  optionsOf(storage: Storage): PostgresStorageOptions {
    const options = this.#options.get(storage);
    if (options === undefined) throw new Error('This storage was not made here');
    return options;
  }

  /** Drops the database; all storages must be closed. */
  async drop(): Promise<void> {
    await (await this.#database)?.drop();
  }

  #open(options: PostgresStorageOptions): Storage {
    const storage = createPostgresStorage(options, { logger: silentLogger, clock: new FakeClock({ startAt }) });
    this.#options.set(storage, options);
    return storage;
  }
}
