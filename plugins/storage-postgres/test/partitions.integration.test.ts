import type { Storage } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);
const dayMs = 86_400_000;
const tables = ['attempts', 'deliveries', 'messages'];

describe.skipIf(!postgres.available)('partitions', () => {
  const storages = new TestStorages();
  let storage: Storage;

  beforeEach(async () => {
    storage = await storages.create();
  });
  afterEach(() => storage.close());
  afterAll(() => storages.drop());

  const partitionNames = (suffix: string): Promise<string[]> =>
    withSql(storages.optionsOf(storage), async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
         WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname LIKE $1 ORDER BY relname`,
        [`%_p${suffix}`],
      );
      return rows.map(({ name }) => name);
    });
  const namesFor = (suffix: string): string[] => tables.map((table) => `${table}_p${suffix}`);
  const retain = (messagesBefore: Date) =>
    storage.applyRetention({ messagesBefore, rollupsBefore: startAt, now: startAt });

  it('are made from yesterday to a week ahead', async () => {
    expect(await partitionNames('20251230')).toEqual([]);
    expect(await partitionNames('20251231')).toEqual(namesFor('20251231'));
    expect(await partitionNames('20260108')).toEqual(namesFor('20260108'));
    expect(await partitionNames('20260109')).toEqual([]);
  });

  it('of other days are made when a message needs them, by whoever comes first', async () => {
    const other = await storages.openAnother(storage);
    await other.migrate({});
    const traffic = new Traffic(new Date('2031-07-05T23:59:59.999Z'));
    const next = new Traffic(new Date('2031-07-06T00:00:00.000Z'));
    const endpointIds = traffic.endpointIds(1);

    await Promise.all(
      [storage, other, storage, other].map((each) =>
        each.appendMessages({ entries: [traffic.entry(endpointIds), next.entry(endpointIds)], now: traffic.at }),
      ),
    );

    expect(await partitionNames('20310705')).toEqual(namesFor('20310705'));
    expect(await partitionNames('20310706')).toEqual(namesFor('20310706'));
    const { pending } = await storage.measureQueue({ now: next.at });
    expect(pending).toBe(8);
    await other.close();
  });

  it('are dropped when their day is over and all is done, with attempts and event ids', async () => {
    const traffic = new Traffic();
    const [endpointId = ''] = traffic.endpointIds(1);
    const entry = traffic.entry([endpointId], { eventId: 'invoice-7' });
    await storage.appendMessages({ entries: [entry], now: traffic.at });
    const claimed = await traffic.claim(storage, { limit: 1, perEndpointLimit: 1 });
    await storage.recordOutcomes({ outcomes: claimed.map((each) => traffic.success(each)), recordedAt: traffic.at });

    expect(await retain(new Date(startAt.getTime() + dayMs - 1))).toMatchObject({ messages: 0 });
    expect(await retain(new Date(startAt.getTime() + dayMs))).toMatchObject({ messages: 1 });

    expect(await partitionNames('20260101')).toEqual([]);
    const left = await withSql(storages.optionsOf(storage), (client) => client.query('SELECT FROM event_ids'));
    expect(left.rowCount).toBe(0);
  });

  it('of a day with an unfinished delivery stay, whether it waits or is in flight', async () => {
    const traffic = new Traffic();
    const [endpointId = ''] = traffic.endpointIds(1);
    await storage.appendMessages({ entries: [traffic.entry([endpointId])], now: traffic.at });
    const muchLater = new Date(startAt.getTime() + 30 * dayMs);

    await retain(muchLater);
    expect(await partitionNames('20260101')).toEqual(namesFor('20260101'));
    const claimed = await traffic.claim(storage, { limit: 1, perEndpointLimit: 1 });
    await retain(muchLater);
    expect(await partitionNames('20260101')).toEqual(namesFor('20260101'));
    await storage.recordOutcomes({ outcomes: claimed.map((each) => traffic.success(each)), recordedAt: traffic.at });
    await retain(muchLater);
    expect(await partitionNames('20260101')).toEqual([]);
  });

  it('that others are reading are kept, without waiting for long, and go with the next run', async () => {
    const muchLater = new Date(startAt.getTime() + dayMs);
    await withSql(storages.optionsOf(storage), async (client) => {
      await client.query('BEGIN; SELECT FROM messages');
      const removed = await retain(muchLater);
      await client.query('ROLLBACK');
      expect(removed).toEqual({ messages: 0, rollups: 0, idempotencyKeys: 0 });
    });
    expect(await partitionNames('20251231')).toEqual(namesFor('20251231'));

    await retain(muchLater);
    expect(await partitionNames('20251231')).toEqual([]);
  });

  it('that are gone leave no guard behind that would refuse a message', async () => {
    const old = new Traffic();
    const [endpointId = ''] = old.endpointIds(1);
    const idempotency = { key: 'k-1', bodyHash: 'h-1', expiresAt: new Date(startAt.getTime() + 90 * dayMs) };
    const guards = { eventId: 'invoice-7', idempotency };
    const kept = new Traffic(new Date(startAt.getTime() - 3 * dayMs));
    // An older day that has to stay, so that the event ids of the dropped one are not swept yet.
    await storage.appendMessages({ entries: [kept.entry([endpointId])], now: kept.at });
    await storage.appendMessages({ entries: [old.entry([], guards)], now: old.at });
    await retain(new Date(startAt.getTime() + dayMs));
    expect(await partitionNames('20260101')).toEqual([]);

    const again = old.entry([], guards);
    const now = new Date(startAt.getTime() + dayMs);
    expect(await storage.appendMessages({ entries: [again], now })).toEqual([{ outcome: 'appended' }]);
    expect(await storage.appendMessages({ entries: [old.entry([], guards)], now })).toMatchObject([
      { outcome: 'replayed', message: { id: again.message.id } },
    ]);
  });
});
