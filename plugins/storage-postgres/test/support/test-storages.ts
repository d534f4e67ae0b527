import { silentLogger, type Storage } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { createTestDatabase, type TestDatabase } from '@postrider/test-support';
import type { PostgresStorageOptions } from '../../src/config.js';
import { createPostgresStorage } from '../../src/postgres-storage.js';
import { EmptiedSchemas } from './emptied-schemas.js';

/** The beginning of time in tests: partitions are made ahead of it. */
export const startAt = new Date('2026-01-01T00:00:00.000Z');

/** Storages in one database, each in a schema of its own. */
export class TestStorages {
  readonly #options = new Map<Storage, PostgresStorageOptions>();
  #database: Promise<TestDatabase> | undefined;
  readonly #emptied: EmptiedSchemas | undefined;
  #closed: string[] = [];
  #schemas = 0;

  /** With `reuseSchemas`, a schema whose storage was closed is emptied and used for one that is made later. */
  constructor({ reuseSchemas = false }: { readonly reuseSchemas?: boolean } = {}) {
    this.#emptied = reuseSchemas ? new EmptiedSchemas() : undefined;
  }

  /** An open storage without data. */
  async create(options: Partial<PostgresStorageOptions> = {}): Promise<Storage> {
    this.#database ??= createTestDatabase();
    const { url } = await this.#database;
    const emptied = this.#emptied;
    for (const schema of this.#closed.splice(0)) await emptied?.giveBack(schema, url);
    const used = emptied?.take();
    const schema = used ?? `case_${(this.#schemas += 1)}`;
    const storage = this.#open({ url, schema, poolSize: 4, ...options });
    await storage.migrate({});
    if (emptied === undefined) return storage;
    if (used === undefined) await emptied.remember(schema, url);
    return this.#noteClosing(storage, schema);
  }

  /** Others may still work on the data: the schema is free when the next storage is asked for. */
  #noteClosing(storage: Storage, schema: string): Storage {
    const close = storage.close.bind(storage);
    return Object.assign(storage, {
      close: async () => {
        await close();
        if (!this.#closed.includes(schema)) this.#closed.push(schema);
      },
    });
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
