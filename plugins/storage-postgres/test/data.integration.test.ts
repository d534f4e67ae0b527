import type { Endpoint, Storage } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('data in PostgreSQL', () => {
  const storages = new TestStorages();
  let storage: Storage;
  let traffic: Traffic;

  beforeEach(async () => {
    storage = await storages.create();
    traffic = new Traffic();
    const { environmentId, applicationId } = traffic;
    await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Test', createdAt: startAt } });
    const application = { id: applicationId, environmentId, name: 'Customer', metadata: {}, version: 1 };
    await storage.createApplication({ application: { ...application, createdAt: startAt, updatedAt: startAt } });
  });
  afterEach(() => storage.close());
  afterAll(() => storages.drop());

  const storeEndpoint = async (): Promise<Endpoint> => {
    const { environmentId, applicationId } = traffic;
    const [id = ''] = traffic.endpointIds(1);
    const names = { id, environmentId, applicationId, url: 'https://receiver.example/hook', description: '' };
    const rest = { metadata: {}, disabled: false, headers: {}, version: 1, createdAt: startAt, updatedAt: startAt };
    const endpoint = { ...names, ...rest };
    await storage.createEndpoint({ endpoint, secrets: [] });
    return endpoint;
  };
  /** The queue and the statuses must always tell the same. */
  const expectQueueToMatch = async (): Promise<void> => {
    const { rows } = await withSql(storages.optionsOf(storage), (client) =>
      client.query(`
        SELECT count(*) FILTER (WHERE d.id IS NULL OR q.delivery_id IS NULL)::int AS mismatches FROM
          (SELECT id, endpoint_id, due_at, attempt_count > 0 AS retry FROM deliveries
            WHERE status = 'pending' AND id NOT IN (SELECT delivery_id FROM ordered_deliveries WHERE held)) d
        FULL JOIN pending_deliveries q ON q.delivery_id = d.id AND q.endpoint_id = d.endpoint_id
          AND q.due_at = d.due_at AND q.retry = d.retry`),
    );
    expect(rows).toEqual([{ mismatches: 0 }]);
  };

  it('lists within a message survive every character that arrays and SQL give a meaning', async () => {
    const odd = ['plain', 'with "quotes"', 'back\\slash', '{braces, and commas}', 'NULL', '', 'ü😀', "it's", ' '];
    const entry = traffic.entry([]);
    const message = { ...entry.message, channels: odd, tags: [...odd].reverse(), eventId: odd[1] };
    await storage.appendMessages({ entries: [{ ...entry, message }], now: startAt });

    const { environmentId, applicationId } = traffic;
    const stored = await storage.getMessage({ environmentId, applicationId, message: { uid: odd[1] ?? '' } });

    expect(stored).toEqual(message);
  });

  it('a response body with NUL is kept with a replacement character, and spoils no batch', async () => {
    await storage.appendMessages({ entries: [traffic.entry(traffic.endpointIds(2))], now: startAt });
    const [first, second] = await traffic.claim(storage, { limit: 2, perEndpointLimit: 1 });
    if (!first || !second) throw new Error('Expected two claimed deliveries');

    const outcomes = [traffic.success(first, 'a\0b'), traffic.success(second)];
    expect(await storage.recordOutcomes({ outcomes, recordedAt: startAt })).toEqual({ fenced: [] });

    const { environmentId, applicationId } = traffic;
    const page = { limit: 10, order: 'ascending' } as const;
    const attempts = await storage.listAttempts({ environmentId, applicationId, filter: {}, page });
    expect(attempts.items.map(({ responseBody }) => responseBody)).toEqual(['a\uFFFDb', 'ok']);
  });

  it('a queue longer than one statement takes ends as a whole with its endpoint', async () => {
    const endpoint = await storeEndpoint();
    await traffic.fill(storage, { endpointId: endpoint.id, count: 11_000 });
    const [inFlight] = await traffic.claim(storage, { limit: 1, perEndpointLimit: 1 });

    const disabled = { ...endpoint, disabled: true, disabledReason: 'manual', version: 2 } as const;
    expect(await storage.replaceEndpoint({ endpoint: disabled })).toMatchObject({ outcome: 'replaced' });

    const { environmentId } = traffic;
    expect(inFlight).toBeDefined();
    expect(await storage.countDeliveries({ environmentId, filter: { endpointId: endpoint.id } })).toEqual({
      pending: 0,
      in_flight: 1,
      delivered: 0,
      dead_letter: 10_999,
      cancelled: 0,
    });
    await expectQueueToMatch();
  });

  it('the queue holds exactly the pending deliveries, whatever happens to them', async () => {
    const [kept, deleted] = [await storeEndpoint(), await storeEndpoint()];
    const { environmentId, applicationId } = traffic;
    const endpointIds = [kept.id, deleted.id];
    const ordering = { key: 'k', onFailure: 'block' } as const;
    const entries = Array.from({ length: 12 }, (_, index) =>
      traffic.entry(endpointIds, { ordering: index > 9 ? ordering : undefined }),
    );
    await storage.appendMessages({ entries, now: startAt });
    const claimed = await traffic.claim(storage, { limit: 14, perEndpointLimit: 7 });
    const [first, second, third, fourth] = claimed;
    if (!first || !second || !third || !fourth) throw new Error('Expected claimed deliveries');
    await expectQueueToMatch();

    const soon = new Date(startAt.getTime() + 5_000);
    const outcomes = [
      { ...traffic.success(first), next: { status: 'pending', dueAt: soon } as const },
      { ...traffic.success(second), attempt: undefined, next: { status: 'pending', dueAt: soon } as const },
      traffic.success(third),
    ];
    await storage.recordOutcomes({ outcomes, recordedAt: startAt });
    await storage.releaseLeases({ leases: [traffic.success(fourth).lease], dueAt: soon });
    await expectQueueToMatch();

    const { messageId, id: deliveryId } = first.delivery;
    const retried = { environmentId, applicationId, messageId, deliveryId, dueAt: startAt };
    expect(await storage.expediteDelivery(retried)).toBe(true);
    const replay = { id: traffic.id('dlv_'), endpointId: kept.id, trigger: 'manual', dueAt: soon } as const;
    await storage.appendDelivery({ environmentId, applicationId, messageId, delivery: replay, now: startAt });
    await expectQueueToMatch();

    const later = new Date(startAt.getTime() + 120_000);
    const reap = { now: later, limit: 3, nextAttemptId: () => traffic.id('atmpt_') };
    expect(await storage.reapExpired(reap)).toEqual({ reaped: 3 });
    await expectQueueToMatch();

    await storage.deleteEndpoint({ environmentId, applicationId, endpointId: deleted.id, deletedAt: later });
    await expectQueueToMatch();
    await storage.deleteApplication({ environmentId, applicationId, deletedAt: later });
    await expectQueueToMatch();
    expect(await storage.measureQueue({ now: later })).toEqual({ pending: 0, due: 0, inFlight: 0, backlogs: [] });
  });
});
