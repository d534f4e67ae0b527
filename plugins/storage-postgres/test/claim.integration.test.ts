import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { requireService } from '@postrider/test-support';
import { afterAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '@postrider/core';
import { withSql } from './support/sql-client.js';
import { TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);
const run = promisify(execFile);
const script = fileURLToPath(new URL('support/claiming-process.ts', import.meta.url));

describe.skipIf(!postgres.available)('claiming', () => {
  const storages = new TestStorages();
  let storage: Storage;
  let traffic: Traffic;

  beforeEach(async () => {
    storage = await storages.create();
    traffic = new Traffic();
  });
  afterEach(() => storage.close());
  afterAll(() => storages.drop());

  const claimInProcesses = async (count: number, limits: { limit: number; perEndpointLimit: number }) => {
    const params = { ...limits, now: traffic.at, leaseUntil: new Date(traffic.at.getTime() + 60_000) };
    const options = JSON.stringify(storages.optionsOf(storage));
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        run(process.execPath, [script, options, JSON.stringify(params), `worker-${index}`]),
      ),
    );
    return answers.map(({ stdout }) => JSON.parse(stdout) as string[]);
  };

  it('of several processes gives each delivery to one of them, and all deliveries to some', async () => {
    const endpointIds = traffic.endpointIds(20);
    const entries = Array.from({ length: 60 }, () => traffic.entry(endpointIds));
    await storage.appendMessages({ entries, now: traffic.at });

    const claimed = await claimInProcesses(4, { limit: 50, perEndpointLimit: 1_000 });

    const expected = entries.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
    expect(claimed.flat().sort()).toEqual(expected.sort());
  });

  it('of several processes keeps to the limit per endpoint', async () => {
    const endpointIds = traffic.endpointIds(10);
    const entries = Array.from({ length: 30 }, () => traffic.entry(endpointIds));
    await storage.appendMessages({ entries, now: traffic.at });

    const claimed = new Set((await claimInProcesses(4, { limit: 7, perEndpointLimit: 3 })).flat());

    const deliveries = entries.flatMap((entry) => entry.deliveries).filter(({ id }) => claimed.has(id));
    const perEndpoint = Map.groupBy(deliveries, ({ endpointId }) => endpointId);
    expect([...perEndpoint.values()].map(({ length }) => length)).toEqual(endpointIds.map(() => 3));
  });

  it('goes round all endpoints although the backlogs of two are longer than what it probes', async () => {
    const [first = '', ...others] = traffic.endpointIds(32);
    const last = others.at(-1) ?? '';
    await traffic.fill(storage, { endpointId: first, count: 1_200 });
    await traffic.fill(storage, { endpointId: last, count: 1_200 });
    const healthy = others.slice(0, -1);
    const entries = Array.from({ length: 2 }, () => traffic.entry(healthy));
    await storage.appendMessages({ entries, now: traffic.at });

    const rounds = [];
    for (let round = 0; round < 5; round += 1) {
      rounds.push(await traffic.claim(storage, { limit: 16, perEndpointLimit: 2 }));
    }

    expect(rounds.map(({ length }) => length)).toEqual([16, 16, 16, 16, 0]);
    const firstLap = rounds.slice(0, 2).flat();
    expect(new Set(firstLap.map(({ delivery }) => delivery.endpointId))).toEqual(new Set([first, ...others]));
    const perEndpoint = Map.groupBy(rounds.flat(), ({ delivery }) => delivery.endpointId);
    expect([...perEndpoint.values()].map(({ length }) => length)).toEqual(Array.from({ length: 32 }, () => 2));
  });

  it('passes over a long backlog that is not due', async () => {
    const [noisy = '', quiet = ''] = traffic.endpointIds(2);
    await traffic.fill(storage, { endpointId: noisy, count: 1_500 });
    const early = new Traffic(new Date(traffic.at.getTime() - 60_000));
    await storage.appendMessages({ entries: [early.entry([quiet])], now: early.at });

    expect(await early.claim(storage, { limit: 10, perEndpointLimit: 5 })).toHaveLength(1);
    expect(await early.claim(storage, { limit: 10, perEndpointLimit: 5 })).toHaveLength(0);
  });

  it('is not held up by rows that another transaction is ending', async () => {
    const [leaving = '', staying = ''] = traffic.endpointIds(2);
    await storage.appendMessages({ entries: [traffic.entry([leaving, staying])], now: traffic.at });
    const other = await storages.openAnother(storage);
    await other.migrate({});

    await withSql(storages.optionsOf(storage), async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM pending_deliveries WHERE endpoint_id = $1 FOR UPDATE', [leaving]);
      const claimed = await traffic.claim(other, { limit: 10, perEndpointLimit: 5 });
      expect(claimed.map(({ delivery }) => delivery.endpointId)).toEqual([staying]);
      await client.query('ROLLBACK');
    });
    await other.close();
  });
});
