import { createRecordingLogger } from '@postrider/core/testing';
import type { ClaimedDelivery, Endpoint, Storage } from '@postrider/core';
import { afterAll, describe, expect, it } from 'vitest';
import { newConnection } from './support/open-connection.js';
import {
  after,
  claim,
  newEntry,
  startAt,
  storeBacklog,
  storeEndpoints,
  toDelivered,
} from './support/stored-fixtures.js';
import { TemporaryDatabases } from './support/temporary-databases.js';

const databases = new TemporaryDatabases();
afterAll(() => databases.remove());

async function openWith(endpointCount: number) {
  const logger = createRecordingLogger();
  const { connection, storage } = newConnection(databases.newPath(), { logger });
  await storage.migrate({});
  const endpoints = await storeEndpoints(storage, endpointCount);
  const [endpoint] = endpoints;
  if (endpoint === undefined) throw new Error('No endpoint was stored.');
  return { connection, storage, endpoints, endpoint, logger };
}

const endpointsOf = (claimed: readonly ClaimedDelivery[]) => claimed.map(({ delivery }) => delivery.endpointId);

describe('the claim', () => {
  it('serves every waiting endpoint before any a second time, also across a restart', async () => {
    const path = databases.newPath();
    const first = newConnection(path).storage;
    await first.migrate({});
    const endpoints = await storeEndpoints(first, 25);
    for (const endpoint of endpoints) await storeBacklog(first, endpoint, 3);
    const served: string[] = [];
    for (let round = 0; round < 2; round += 1) served.push(...endpointsOf(await claim(first, { limit: 7 })));
    await first.close();

    const second = newConnection(path).storage;
    await second.migrate({});
    served.push(...endpointsOf(await claim(second, { limit: 7 })));
    expect(new Set(served).size).toBe(21);
    served.push(...endpointsOf(await claim(second, { limit: 4 })));
    expect(new Set(served).size).toBe(25);
    await second.close();
  });

  it('divides what it may take between few endpoints, and gives what one leaves to the others', async () => {
    const { storage, endpoints } = await openWith(3);
    const [long, short, tiny] = endpoints;
    if (!long || !short || !tiny) throw new Error('Three endpoints were expected.');
    await storeBacklog(storage, long, 100);
    await storeBacklog(storage, short, 5);
    await storeBacklog(storage, tiny, 1);
    const claimed = endpointsOf(await claim(storage, { limit: 30 }));
    const count = ({ id }: Endpoint) => claimed.filter((endpointId) => endpointId === id).length;
    expect([count(long), count(short), count(tiny)]).toEqual([24, 5, 1]);
    await storage.close();
  });

  it('finds an endpoint again when its pause ends early, late, or is lifted', async () => {
    const { storage, endpoint } = await openWith(1);
    const { applicationId, id: endpointId } = endpoint;
    let generation = 0;
    const pause = (pausedUntil: Date | undefined) =>
      storage.recordOutcomes({
        outcomes: [],
        endpointStates: [{ applicationId, endpointId, generation: (generation += 1), pausedUntil }],
        recordedAt: startAt,
      });
    const claimAt = async (seconds: number) =>
      (
        await storage.claimDue({
          workerId: 'w',
          limit: 1,
          perEndpointLimit: 9,
          leaseUntil: after(999),
          now: after(seconds),
        })
      ).length;
    await pause(after(100));
    await storeBacklog(storage, endpoint, 5);
    expect(await claimAt(99)).toBe(0);
    expect(await claimAt(100)).toBe(1);
    await pause(after(500));
    expect(await claimAt(200)).toBe(0);
    await pause(after(300));
    expect([await claimAt(299), await claimAt(300)]).toEqual([0, 1]);
    await pause(after(900));
    await pause(undefined);
    expect(await claimAt(301)).toBe(1);
    await storage.close();
  });

  it('dead-letters a delivery that cannot be read, tells so, and delivers the others', async () => {
    const { connection, storage, endpoint, logger } = await openWith(1);
    const entries = Array.from({ length: 200 }, () => newEntry(endpoint));
    await storage.appendMessages({ entries, now: startAt });
    const [bad, missing] = entries;
    if (!bad || !missing) throw new Error('Entries were expected.');
    connection.statement(`UPDATE messages SET tags = '["half' WHERE id = ?`).run(bad.message.id);
    connection.statement('PRAGMA foreign_keys = OFF').run();
    connection.statement('DELETE FROM messages WHERE id = ?').run(missing.message.id);

    const claimed = await claim(storage, { limit: 1000 });
    expect(claimed).toHaveLength(198);
    await storage.recordOutcomes({ outcomes: claimed.map(toDelivered), recordedAt: after(1) });
    const { environmentId } = endpoint;
    for (const { deliveries } of [bad, missing]) {
      const deliveryId = deliveries[0]?.id ?? '';
      expect(await storage.getDelivery({ environmentId, deliveryId })).toMatchObject({
        status: 'dead_letter',
        reason: 'internal',
        endedAt: startAt,
      });
    }
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    expect(await storage.measureQueue({ now: after(1) })).toMatchObject({ pending: 0, inFlight: 0 });
    await storage.close();
  });
});

/** Runs the change of an endpoint with 9 000 waiting deliveries while a worker goes on claiming. */
async function changeUnderLoad(change: (storage: Storage, endpoint: Endpoint) => Promise<unknown>) {
  const { storage, endpoint } = await openWith(1);
  await storeBacklog(storage, endpoint, 9000);
  let isOver = false;
  const changing = change(storage, endpoint).finally(() => {
    isOver = true;
  });
  const claimedMeanwhile = new Set<string>();
  while (!isOver) {
    for (const { delivery } of await claim(storage, { limit: 10 })) claimedMeanwhile.add(delivery.id);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await changing;
  const { environmentId } = endpoint;
  const counts = await storage.countDeliveries({ environmentId, filter: { endpointId: endpoint.id } });
  await storage.close();
  return { counts, claimed: claimedMeanwhile.size };
}

describe('a long queue of an endpoint', () => {
  it('is dead-lettered when the endpoint is disabled, while the store goes on working', async () => {
    const { counts, claimed } = await changeUnderLoad((storage, endpoint) =>
      storage.replaceEndpoint({ endpoint: { ...endpoint, version: 2, disabled: true, disabledReason: 'failing' } }),
    );
    expect(claimed).toBeGreaterThan(0);
    expect(counts).toMatchObject({ pending: 0, in_flight: claimed, dead_letter: 9000 - claimed });
  });

  it('is cancelled when the endpoint is deleted, while the store goes on working', async () => {
    const { counts, claimed } = await changeUnderLoad((storage, { environmentId, applicationId, id: endpointId }) =>
      storage.deleteEndpoint({ environmentId, applicationId, endpointId, deletedAt: after(5) }),
    );
    expect(claimed).toBeGreaterThan(0);
    expect(counts).toMatchObject({ pending: 0, in_flight: claimed, cancelled: 9000 - claimed });
  });

  it('is cancelled when the application is deleted, while the store goes on working', async () => {
    const { counts, claimed } = await changeUnderLoad((storage, { environmentId, applicationId }) =>
      storage.deleteApplication({ environmentId, applicationId, deletedAt: after(5) }),
    );
    expect(counts).toMatchObject({ pending: 0, in_flight: claimed, cancelled: 9000 - claimed });
  });

  it('is left alone from the moment on in which the endpoint is enabled again', async () => {
    const { storage, endpoint } = await openWith(1);
    await storeBacklog(storage, endpoint, 9000);
    const disabled: Endpoint = { ...endpoint, version: 2, disabled: true, disabledReason: 'manual' };
    const disabling = storage.replaceEndpoint({ endpoint: disabled });
    await storage.replaceEndpoint({ endpoint: { ...endpoint, version: 3 } });
    expect(await disabling).toMatchObject({ outcome: 'replaced' });
    const { environmentId } = endpoint;
    const { pending, dead_letter: deadLettered } = await storage.countDeliveries({ environmentId, filter: {} });
    expect(pending + deadLettered).toBe(9000);
    expect(pending).toBeGreaterThan(0);
    await storage.close();
  });
});

describe('retention', () => {
  it('removes in many transactions, past messages that must stay, with everything that belongs to a message', async () => {
    const { connection, storage, endpoint } = await openWith(1);
    await storeBacklog(storage, endpoint, 900);
    const claimed = await claim(storage, { limit: 1000 });
    const ended = claimed.filter((_delivery, index) => index % 3 !== 0);
    await storage.recordOutcomes({ outcomes: ended.map(toDelivered), recordedAt: after(1) });
    const params = { messagesBefore: after(10), rollupsBefore: after(600), now: after(10) };
    expect(await storage.applyRetention(params)).toEqual({ messages: 600, rollups: 1, idempotencyKeys: 0 });
    expect(await storage.applyRetention(params)).toEqual({ messages: 0, rollups: 0, idempotencyKeys: 0 });
    const count = (table: string) => connection.statement(`SELECT count(*) AS count FROM ${table}`).get();
    expect(['messages', 'deliveries', 'attempts'].map(count)).toEqual([{ count: 300 }, { count: 300 }, { count: 0 }]);
    await storage.close();
  });
});
