import { existsSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { newConnection, pragma } from './support/open-connection.js';
import { newEntry, startAt, storeEndpoints } from './support/stored-fixtures.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

describe('the connection', () => {
  it('is durable and checks foreign keys, also after the file was opened before', async () => {
    const path = databases.newPath();
    for (const _opening of ['first', 'second']) {
      const { connection, storage } = newConnection(path);
      await storage.migrate({});
      const names = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys'];
      expect(names.map((name) => pragma(connection, name))).toEqual(['wal', 2, 5000, 1]);
      await storage.close();
    }
  });

  it('creates directories and keeps the file from other users', async () => {
    const path = `${databases.newPath()}.d/inner/data.db`;
    const { storage } = newConnection(path);
    await storage.migrate({});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
    await storage.close();
  });

  it('leaves no write-ahead log behind when it is closed', async () => {
    const path = databases.newPath();
    const { storage } = newConnection(path);
    await storage.migrate({});
    await storage.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('refuses a file that is no database, and leaves it as it is and unlocked', async () => {
    const path = databases.newPath();
    writeFileSync(path, 'This is a letter, not a database. '.repeat(100));
    for (const _attempt of ['first', 'second']) {
      const { storage } = newConnection(path);
      await expect(storage.migrate({})).rejects.toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        message: expect.stringContaining('not a SQLite database') as string,
      });
    }
  });

  it('migrates once when asked twice', async () => {
    const { storage } = newConnection(databases.newPath());
    await storage.migrate({});
    await storage.migrate({});
    await storage.close();
  });

  it('migrates once when asked twice at the same time', async () => {
    const { storage } = newConnection(databases.newPath());
    await Promise.all([storage.migrate({}), storage.migrate({})]);
    await storage.close();
  });
});

describe('closing', () => {
  it('waits for an opening that is under way, and releases what it took', async () => {
    const path = databases.newPath();
    const { storage } = newConnection(path);
    const opening = storage.migrate({});
    await storage.close();
    await opening;
    await expect(storage.listEnvironments({})).rejects.toMatchObject({ code: 'STORAGE_CLOSED' });
    const { storage: next } = newConnection(path);
    await next.migrate({});
    await next.close();
  });
});

describe('writes', () => {
  it('are never made inside a transaction of somebody else', async () => {
    const { connection, storage } = newConnection(databases.newPath());
    await storage.migrate({});
    const [endpoint] = await storeEndpoints(storage, 1);
    if (endpoint === undefined) throw new Error('No endpoint was stored.');
    const entry = newEntry(endpoint);
    connection.statement('BEGIN').run();
    await expect(storage.appendMessages({ entries: [entry], now: startAt })).rejects.toThrow(/already open/u);
    connection.statement('ROLLBACK').run();
    expect(await storage.appendMessages({ entries: [entry], now: startAt })).toEqual([{ outcome: 'appended' }]);
    await storage.close();
  });

  it('cold and hot, all at once, are each their own transaction: what was acknowledged is there', async () => {
    const { connection, storage } = newConnection(databases.newPath());
    await storage.migrate({});
    const [endpoint] = await storeEndpoints(storage, 1);
    if (endpoint === undefined) throw new Error('No endpoint was stored.');
    const { environmentId, applicationId } = endpoint;
    const entries = Array.from({ length: 100 }, () => newEntry(endpoint));
    const isInTransaction = (): boolean => connection.isInTransaction;
    let seenOpen = 0;
    const afterEach = async (work: Promise<unknown>): Promise<unknown> => {
      seenOpen += Number(isInTransaction());
      const result = await work;
      seenOpen += Number(isInTransaction());
      return result;
    };
    const eventType = { environmentId, description: '', deprecated: false, archived: false, version: 1 };
    await Promise.all(
      entries.flatMap((entry, index) => [
        afterEach(storage.appendMessages({ entries: [entry], now: startAt })),
        afterEach(
          storage.createEventType({
            eventType: { ...eventType, name: `type.${String(index)}`, createdAt: startAt, updatedAt: startAt },
          }),
        ),
        // Loses against the first of its name, hence is rolled back, with others waiting.
        afterEach(
          storage.createEventType({
            eventType: { ...eventType, name: `type.${String(index)}`, createdAt: startAt, updatedAt: startAt },
          }),
        ),
        afterEach(
          storage.listEventTypes({ environmentId, includeArchived: true, page: { limit: 5, order: 'ascending' } }),
        ),
      ]),
    );
    expect(seenOpen).toBe(0);
    for (const { message } of entries) {
      expect(await storage.getMessage({ environmentId, applicationId, message: { id: message.id } })).toMatchObject(
        message,
      );
    }
    const names = entries.map((_entry, index) => `type.${String(index)}`);
    expect(await storage.findEventTypes({ environmentId, names })).toHaveLength(100);
    await storage.close();
  });

  it('that fail leave nothing behind and stop nobody else', async () => {
    const { storage } = newConnection(databases.newPath());
    await storage.migrate({});
    const [endpoint] = await storeEndpoints(storage, 1);
    if (endpoint === undefined) throw new Error('No endpoint was stored.');
    const { environmentId, applicationId } = endpoint;
    const [first, twin, other] = [newEntry(endpoint), newEntry(endpoint), newEntry(endpoint)];
    // The caller breaks its promise that ids are distinct: the whole batch fails.
    const broken = { ...twin, message: { ...twin.message, id: first.message.id } };
    const results = await Promise.allSettled([
      storage.appendMessages({ entries: [first, broken], now: startAt }),
      storage.appendMessages({ entries: [other], now: startAt }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    const find = (id: string) => storage.getMessage({ environmentId, applicationId, message: { id } });
    expect(await find(first.message.id)).toBeUndefined();
    expect(await find(other.message.id)).toBeDefined();
    await storage.close();
  });
});
