import { afterAll, describe, expect, it } from 'vitest';
import type { SqliteConnection } from '../src/connection.js';
import { newConnection, pragma } from './support/open-connection.js';
import { claim, newEntry, startAt, storeBacklog, storeEndpoints } from './support/stored-fixtures.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

/** SQLite refuses to grow beyond a number of pages with the same error as on a full disk. */
function fillDisk(connection: SqliteConnection): void {
  pragma(connection, `max_page_count = ${String(pragma(connection, 'page_count'))}`);
}

function freeDisk(connection: SqliteConnection): void {
  pragma(connection, 'max_page_count = 1000000');
}

async function openWithEndpoint() {
  const { connection, storage } = newConnection(databases.newPath());
  await storage.migrate({});
  const [endpoint] = await storeEndpoints(storage, 1);
  if (endpoint === undefined) throw new Error('No endpoint was stored.');
  return { connection, storage, endpoint };
}

describe('a full disk', () => {
  it('refuses writes whole, keeps what was acknowledged, and is over when there is room again', async () => {
    const { connection, storage, endpoint } = await openWithEndpoint();
    await storeBacklog(storage, endpoint, 10);
    fillDisk(connection);
    const batch = Array.from({ length: 200 }, () => newEntry(endpoint));
    const append = () => storage.appendMessages({ entries: batch, now: startAt });
    await expect(append()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      retryable: true,
      details: { sqliteCode: 'SQLITE_FULL' },
    });
    const { environmentId } = endpoint;
    expect(await storage.countDeliveries({ environmentId, filter: {} })).toMatchObject({ pending: 10 });

    freeDisk(connection);
    expect(await append()).toHaveLength(200);
    expect(await storage.countDeliveries({ environmentId, filter: {} })).toMatchObject({ pending: 210 });
    await storage.close();
  });

  it('shows in the health until writing works again, even if nobody writes', async () => {
    const { connection, storage, endpoint } = await openWithEndpoint();
    expect(await storage.health({})).toMatchObject({ healthy: true });
    fillDisk(connection);
    const entries = Array.from({ length: 200 }, () => newEntry(endpoint));
    await expect(storage.appendMessages({ entries, now: startAt })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    const ill = { healthy: false, problem: expect.stringContaining('the disk is full') as string };
    expect(await storage.health({})).toMatchObject(ill);
    expect(await storage.health({})).toMatchObject(ill);
    freeDisk(connection);
    expect(await storage.health({})).toMatchObject({ healthy: true });
    await storage.close();
  });
});

describe('a database that became read-only', () => {
  it('refuses writes, still reads, and is writable again by itself', async () => {
    const { connection, storage, endpoint } = await openWithEndpoint();
    await storeBacklog(storage, endpoint, 1);
    pragma(connection, 'query_only = ON');
    await expect(claim(storage, { limit: 1 })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      details: { sqliteCode: 'SQLITE_READONLY' },
    });
    expect(await storage.health({})).toMatchObject({ healthy: false });
    expect(await storage.measureQueue({ now: startAt })).toMatchObject({ pending: 1, inFlight: 0 });
    pragma(connection, 'query_only = OFF');
    expect(await storage.health({})).toMatchObject({ healthy: true });
    expect(await claim(storage, { limit: 1 })).toHaveLength(1);
    await storage.close();
  });
});

describe('the health of a closed store', () => {
  it('is bad, and does not reject', async () => {
    const { storage } = newConnection(databases.newPath());
    expect(await storage.health({})).toMatchObject({ healthy: false, problem: expect.any(String) as string });
  });
});
