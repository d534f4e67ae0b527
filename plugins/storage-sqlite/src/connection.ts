import Database from 'better-sqlite3';
import { coreError, type Clock, type Logger } from '@postrider/core';
import { DataSource, type ObjectLiteral, type QueryBuilder } from 'typeorm';
import type { SqliteStorageConfig } from './config.js';
import { prepareDatabaseFile } from './database-file.js';
import { allEntities } from './entities/all-entities.js';
import { toPortError, toUnavailable } from './errors.js';
import { inTransaction } from './in-transaction.js';
import { allMigrations } from './migrations/all-migrations.js';
import type { Migration } from './migrations/migration.js';
import { runMigrations } from './migrations/run-migrations.js';
import { applyPragmas } from './pragmas.js';
import { acquireProcessLock, type ProcessLock } from './process-lock.js';
import { assertSupportedRuntime } from './supported-runtime.js';

interface OpenState {
  readonly db: Database.Database;
  readonly dataSource: DataSource;
  readonly lock: ProcessLock;
  readonly statements: Map<string, Database.Statement>;
}

/**
 * The one connection of the store, shared by TypeORM and by hand-written SQL.
 *
 * THE RULE: TypeORM reads; it never writes and never opens a transaction. Its transactions await between statements,
 * and on a shared connection every write that runs meanwhile falls into them: acknowledged, then rolled back with
 * them. So TypeORM only *builds* the cold writes, and every write, cold or hot, single statement or many, is run here
 * by `write`: one synchronous `BEGIN IMMEDIATE` transaction that nothing can come between. Never use `save`, `remove`,
 * `.execute()` of an insert, update or delete, `transaction`, `useTransaction` or `startTransaction` in this package.
 */
export class SqliteConnection {
  readonly #config: SqliteStorageConfig;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #migrations: readonly Migration[];
  #state: OpenState | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;
  #writeProblem: string | undefined;

  constructor(params: {
    config: SqliteStorageConfig;
    clock: Clock;
    logger: Logger;
    migrations?: readonly Migration[] | undefined;
  }) {
    this.#config = params.config;
    this.#clock = params.clock;
    this.#logger = params.logger;
    this.#migrations = params.migrations ?? allMigrations;
  }

  /**
   * Takes the lock, opens the file and brings its schema up to date. Leaves nothing open when it rejects. Does nothing
   * when open; calls at the same time are one.
   */
  async open(): Promise<void> {
    if (this.#state !== undefined) return;
    if (this.#closed) throw this.#closedError();
    this.#opening ??= this.#openFile().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #openFile(): Promise<void> {
    assertSupportedRuntime(process.versions.node);
    const databasePath = prepareDatabaseFile(this.#config.path);
    const lock = this.#takeLock(databasePath);
    const dataSource = this.#dataSource(databasePath);
    try {
      await dataSource.initialize();
      const db = databaseOf(dataSource);
      applyPragmas(db, this.#config);
      runMigrations({
        db,
        migrations: this.#migrations,
        appliedAt: this.#clock.now(),
        logger: this.#logger,
        mayApply: this.#config.autoMigrate,
      });
      this.#state = { db, dataSource, lock, statements: new Map() };
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      lock.release();
      throw toPortError(error);
    }
  }

  #takeLock(databasePath: string): ProcessLock {
    try {
      return acquireProcessLock({ databasePath, now: this.#clock.now() });
    } catch (error) {
      // The lock is written, too: on a full or read-only disk that is what fails first.
      throw toPortError(error);
    }
  }

  /** Moves the write-ahead log into the database file, closes it and releases the lock. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening?.catch(() => undefined);
    const state = this.#state;
    if (state === undefined) return;
    this.#state = undefined;
    try {
      state.db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Not needed for durability: the next open replays the log.
      this.#logger.warn('The write-ahead log could not be checkpointed while closing', { error });
    } finally {
      await state.dataSource.destroy();
      state.lock.release();
    }
  }

  /** Runs the body of a port method: refuses when closed or aborted, translates errors. */
  async run<T>(signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.#state === undefined) throw this.#closedError();
    try {
      return await work();
    } catch (error) {
      if (this.#state === undefined) throw this.#closedError();
      throw toPortError(error);
    }
  }

  /** One synchronous write transaction; see THE RULE. Committed, hence durable, when it returns. */
  write<T>(work: () => T): T {
    try {
      const result = inTransaction(this.#open.db, work);
      this.#writeProblem = undefined;
      return result;
    } catch (error) {
      this.#writeProblem = toUnavailable(error)?.message ?? this.#writeProblem;
      throw error;
    }
  }

  /** A prepared statement, made once per text: for SQL whose text does not vary with its values. */
  statement<Row = unknown>(sql: string): Database.Statement<unknown[], Row> {
    const { db, statements } = this.#open;
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement as Database.Statement<unknown[], Row>;
  }

  /**
   * Runs a write that TypeORM built, inside `write`; returns how many rows it changed. Not cached: TypeORM puts
   * numbers into the text.
   */
  execute<T extends ObjectLiteral>(query: QueryBuilder<T>): number {
    const [sql, parameters]: [string, unknown[]] = query.getQueryAndParameters();
    return this.#open.db.prepare(sql).run(...parameters).changes;
  }

  /** Writes something of the size of a batch and throws what `write` throws. */
  probeWrite(): void {
    const probe = 'INSERT OR REPLACE INTO write_probe (only_row, filling) VALUES (1, zeroblob(65536))';
    this.write(() => this.statement(probe).run());
  }

  /** TypeORM, for reading and for building writes. */
  get orm(): DataSource {
    return this.#open.dataSource;
  }

  /** Whether a transaction is open: never, when anybody but `write` can look. */
  get isInTransaction(): boolean {
    return this.#open.db.inTransaction;
  }

  /** Why the last write failed; absent once one has succeeded again. */
  get writeProblem(): string | undefined {
    return this.#writeProblem;
  }

  get #open(): OpenState {
    if (this.#state === undefined) throw this.#closedError();
    return this.#state;
  }

  #dataSource(databasePath: string): DataSource {
    return new DataSource({
      type: 'better-sqlite3',
      driver: Database,
      database: databasePath,
      entities: [...allEntities],
      synchronize: false,
      migrationsRun: false,
      logging: false,
    });
  }

  #closedError(): Error {
    return coreError(
      'STORAGE_CLOSED',
      this.#closed ? 'The store was closed: open a new one.' : 'The store is not open: call `migrate` first.',
    );
  }
}

function databaseOf(dataSource: DataSource): Database.Database {
  const driver: unknown = dataSource.driver;
  const handle = (driver as { readonly databaseConnection?: unknown }).databaseConnection;
  if (handle instanceof Database) return handle;
  throw new Error('TypeORM keeps its better-sqlite3 handle elsewhere than expected: this version does not fit.');
}
