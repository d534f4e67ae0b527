import { silentLogger, systemClock, type Hint } from '@postrider/core';
import { createTestDatabase, requireService, type TestDatabase } from '@postrider/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PostgresStorageOptions } from '../src/config.js';
import { createPostgresStorage, type PostgresStorage } from '../src/postgres-storage.js';
import { FaultProxy } from './support/fault-proxy.js';
import { withSql } from './support/sql-client.js';

const postgres = requireService('postgres', import.meta.url);
const patience = { timeout: 15_000, interval: 20 };

/** What one process of several has heard. */
interface Member {
  readonly storage: PostgresStorage;
  readonly heard: Hint[];
  readonly connections: () => number;
}

describe.skipIf(!postgres.available)('hints over PostgreSQL', () => {
  const members: Member[] = [];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const { storage } of members.splice(0)) await storage.close();
  });
  afterAll(() => database.drop());

  const join = async (options: Partial<PostgresStorageOptions> = {}): Promise<Member> => {
    const storage = createPostgresStorage(
      { url: database.url, poolSize: 2, ...options },
      { logger: silentLogger, clock: systemClock },
    );
    const heard: Hint[] = [];
    let connections = 0;
    storage.hints.subscribe({ received: (hint) => heard.push(hint), connected: () => (connections += 1) });
    const member = { storage, heard, connections: () => connections };
    members.push(member);
    await storage.migrate({});
    return member;
  };
  const joinConnected = async (options: Partial<PostgresStorageOptions> = {}): Promise<Member> => {
    const member = await join(options);
    await vi.waitFor(() => expect(member.storage.hints.isConnected).toBe(true), patience);
    return member;
  };
  const tagsHeardBy = ({ heard }: Member): readonly string[] =>
    heard.flatMap((hint) => (hint.kind === 'invalidated' ? hint.tags : []));

  it('reach every other process of the schema, and not the sender', async () => {
    const [sender, first, second] = [await joinConnected(), await joinConnected(), await joinConnected()];
    const stranger = await joinConnected({ schema: 'another' });
    sender.storage.hints.send({ kind: 'work_due' });
    sender.storage.hints.send({ kind: 'invalidated', tags: ['app:1', 'app:2'] });
    for (const member of [first, second]) {
      await vi.waitFor(() => expect(tagsHeardBy(member).toSorted()).toEqual(['app:1', 'app:2']), patience);
      expect(member.heard).toContainEqual({ kind: 'work_due' });
    }
    first.storage.hints.send({ kind: 'invalidated', tags: ['app:3'] });
    await vi.waitFor(() => expect(tagsHeardBy(sender)).toEqual(['app:3']), patience);
    expect(stranger.heard).toEqual([]);
  });

  it('arrive completely when thousands of tags are sent at once', async () => {
    const [sender, other] = [await joinConnected(), await joinConnected()];
    const tags = Array.from({ length: 3_000 }, (_, index) => `app:${'x'.repeat(20)}${String(index)}`);
    for (const tag of tags) sender.storage.hints.send({ kind: 'invalidated', tags: [tag] });
    await vi.waitFor(() => expect(new Set(tagsHeardBy(other))).toEqual(new Set(tags)), patience);
  });

  it('survive garbage on the channel', async () => {
    const [sender, other] = [await joinConnected(), await joinConnected()];
    for (const payload of [
      '',
      'no JSON',
      '[]',
      '{"kind":"invalidated"}',
      '{"from":"x","schema":"public","kind":"?"}',
    ]) {
      await withSql({ url: database.url }, (sql) =>
        sql.query('SELECT pg_notify($1, $2)', ['postrider_hints', payload]),
      );
    }
    sender.storage.hints.send({ kind: 'work_due' });
    await vi.waitFor(() => expect(other.heard).toEqual([{ kind: 'work_due' }]), patience);
  });

  it('come again after the connection was cut, and everybody is told that some may have been lost', async () => {
    const [sender, other] = [await joinConnected(), await joinConnected({ applicationName: 'cut-off' })];
    await withSql({ url: database.url }, (sql) =>
      sql.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut-off'`),
    );
    await vi.waitFor(() => expect(other.connections()).toBe(2), patience);
    sender.storage.hints.send({ kind: 'invalidated', tags: ['after'] });
    await vi.waitFor(() => expect(tagsHeardBy(other)).toEqual(['after']), patience);
  });

  it('come again after the connection died in silence, which a heartbeat notices', async () => {
    const proxy = new FaultProxy(database.url);
    const [sender, other] = [await joinConnected(), await joinConnected({ listenUrl: await proxy.listen() })];
    proxy.swallow();
    await vi.waitFor(() => expect(other.storage.hints.isConnected).toBe(false), patience);
    sender.storage.hints.send({ kind: 'invalidated', tags: ['lost'] });
    proxy.heal();
    await vi.waitFor(() => expect(other.connections()).toBe(2), patience);
    sender.storage.hints.send({ kind: 'invalidated', tags: ['after'] });
    await vi.waitFor(() => expect(tagsHeardBy(other)).toEqual(['after']), patience);
    await other.storage.close();
    await proxy.close();
  }, 60_000);

  it('are sent but not heard with listen: false, and closing does not wait for a dead connection', async () => {
    const proxy = new FaultProxy(database.url);
    const [deaf, other] = [await join({ listen: false }), await joinConnected({ listenUrl: await proxy.listen() })];
    deaf.storage.hints.send({ kind: 'work_due' });
    await vi.waitFor(() => expect(other.heard).toEqual([{ kind: 'work_due' }]), patience);
    expect(deaf.storage.hints.isConnected).toBe(false);
    proxy.swallow();
    await other.storage.close();
    await proxy.close();
  });
});
