import { isPostriderError, type Storage } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from './support/fault-proxy.js';
import { loseAnswersTo } from './support/lose-answers.js';
import { withSql } from './support/sql-client.js';
import { startAt, TestStorages } from './support/test-storages.js';
import { Traffic } from './support/traffic.js';

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('when PostgreSQL fails', () => {
  const storages = new TestStorages();
  const opened: Storage[] = [];
  const proxies: FaultProxy[] = [];

  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    for (const proxy of proxies.splice(0)) await proxy.close();
  });
  afterAll(() => storages.drop());

  const open = async (options: Parameters<TestStorages['create']>[0] = {}): Promise<Storage> => {
    const storage = await storages.create(options);
    opened.push(storage);
    return storage;
  };

  it('terminated backends under load fail calls with STORAGE_UNAVAILABLE, and lose nothing that was acknowledged', async () => {
    const storage = await open({ applicationName: 'terminated-under-load' });
    const traffic = new Traffic();
    const endpointIds = traffic.endpointIds(5);
    const acknowledged: string[] = [];
    const failures: unknown[] = [];
    let isOver = false;
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    const publish = async (): Promise<void> => {
      while (!isOver) {
        const entry = traffic.entry(endpointIds, { eventId: traffic.id('msg_') });
        await attempt(async () => {
          await storage.appendMessages({ entries: [entry], now: startAt });
          acknowledged.push(entry.message.id);
        });
      }
    };
    const work = async (): Promise<void> => {
      while (!isOver) {
        await attempt(async () => {
          const claimed = await traffic.claim(storage, { limit: 20, perEndpointLimit: 1_000 });
          const outcomes = claimed.map((each) => traffic.success(each));
          await storage.recordOutcomes({ outcomes, recordedAt: startAt });
          await storage.listEnvironments({});
        });
      }
    };

    const load = Promise.all([publish(), publish(), work(), work()]);
    await withSql(storages.optionsOf(storage), async (client) => {
      while (failures.length < 30) {
        await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'terminated-under-load'`,
        );
        const before = acknowledged.length;
        await vi.waitUntil(() => acknowledged.length > before + 2, { timeout: 20_000 });
      }
    });
    isOver = true;
    await load;

    for (const error of failures) expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryable: true });
    expect(await storage.health({})).toMatchObject({ healthy: true });
    const { environmentId, applicationId } = traffic;
    const stored = await Promise.all(
      acknowledged.map((id) => storage.getMessage({ environmentId, applicationId, message: { id } })),
    );
    expect(stored.filter((message) => message === undefined)).toEqual([]);
    const counts = await storage.countDeliveries({ environmentId, filter: {} });
    const { pending, inFlight } = await storage.measureQueue({ now: startAt });
    expect({ pending, inFlight }).toEqual({ pending: counts.pending, inFlight: counts.in_flight });
  });

  it('a black hole fails calls by the query timeout, gives the connections up, and heals', async () => {
    const direct = await open();
    const proxy = new FaultProxy(storages.optionsOf(direct).url);
    proxies.push(proxy);
    const timeouts = { queryTimeoutMs: 400, statementTimeoutMs: 300, connectTimeoutMs: 400 };
    const storage = await storages.openAnother(direct, { url: await proxy.listen(), poolSize: 2, ...timeouts });
    opened.push(storage);
    await storage.migrate({});
    const traffic = new Traffic();
    const publish = () => storage.appendMessages({ entries: [traffic.entry(traffic.endpointIds(1))], now: startAt });
    await publish();

    proxy.swallow();
    const calls = await Promise.allSettled([
      publish(),
      traffic.claim(storage, { limit: 1, perEndpointLimit: 1 }),
      storage.listEnvironments({}),
      publish(),
    ]);
    const health = await storage.health({});

    for (const call of calls) {
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_UNAVAILABLE', retryable: true } });
    }
    expect(health).toMatchObject({ healthy: false });
    expect(health.problem).toMatch(/does not answer/);

    proxy.heal();
    await vi.waitUntil(async () => (await storage.health({})).healthy, { timeout: 20_000 });
    expect(await publish()).toEqual([{ outcome: 'appended' }]);
  });

  it('a server that takes no writes is unhealthy, and its connections are not used again once it does', async () => {
    const storage = await open({ applicationName: 'read-only', poolSize: 2 });
    const options = storages.optionsOf(storage);
    const setReadOnly = (value: 'on' | 'off'): Promise<void> =>
      withSql(options, async (client) => {
        const database = pg.escapeIdentifier(new URL(options.url).pathname.slice(1));
        await client.query('SET default_transaction_read_only = off');
        await client.query(`ALTER DATABASE ${database} SET default_transaction_read_only = ${value}`);
        if (value === 'off') return;
        await client.query(
          `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'read-only'`,
        );
      });
    const traffic = new Traffic();
    const publish = () => storage.appendMessages({ entries: [traffic.entry(traffic.endpointIds(1))], now: startAt });

    await setReadOnly('on');
    // The pool has yet to notice that its connections are gone.
    await vi.waitUntil(async () => (await storage.health({})).problem?.includes('no writes') === true, {
      timeout: 20_000,
    });
    await expect(publish()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { sqlState: '25006' } });
    await setReadOnly('off');
    expect(await publish()).toEqual([{ outcome: 'appended' }]);
  });

  it('a migration against an absent server is refused, and works when the server is there', async () => {
    const direct = await open();
    const proxy = new FaultProxy(storages.optionsOf(direct).url);
    const url = await proxy.listen();
    const storage = await storages.openAnother(direct, { url, connectTimeoutMs: 300 });
    opened.push(storage);
    proxy.swallow();
    await expect(storage.migrate({})).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    proxies.push(proxy);
    proxy.heal();
    await storage.migrate({});
    expect(await storage.listEnvironments({})).toEqual([]);
  });

  it('a commit whose answer is lost is counted once in the rollups, whatever became of it', async () => {
    const storage = await open();
    const traffic = new Traffic();
    const [endpointId = ''] = traffic.endpointIds(1);
    await traffic.fill(storage, { endpointId, count: 6 });
    const outcomes = (await traffic.claim(storage, { limit: 6, perEndpointLimit: 6 })).map((each) =>
      traffic.success(each),
    );
    const record = (from: number) =>
      storage.recordOutcomes({ outcomes: outcomes.slice(from, from + 2), recordedAt: startAt });
    await record(0);

    const restore = loseAnswersTo('COMMIT');
    const lost = await record(2).catch((error: unknown) => error);
    restore();

    expect(isPostriderError(lost, 'STORAGE_UNAVAILABLE')).toBe(true);
    expect((await record(2)).fenced).toHaveLength(2);
    await record(4);
    const { environmentId } = traffic;
    const to = new Date(startAt.getTime() + 60_000);
    const rollups = await storage.readRollups({ environmentId, from: startAt, to });
    expect(rollups.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(6);
  });

  it('errors of every kind give their connections back, and leave no transaction open', async () => {
    const storage = await open({ poolSize: 2, applicationName: 'leaks-nothing' });
    const traffic = new Traffic();
    const { environmentId } = traffic;
    const environment = { id: environmentId, name: 'Test', createdAt: startAt };
    await storage.ensureEnvironment({ environment });
    const application = {
      id: traffic.id('app_'),
      environmentId,
      uid: 'taken',
      name: 'Customer',
      metadata: {},
      version: 1,
      createdAt: startAt,
      updatedAt: startAt,
    };
    await storage.createApplication({ application });
    const entry = traffic.entry([]);
    await storage.appendMessages({ entries: [entry], now: startAt });

    for (let round = 0; round < 10; round += 1) {
      const [sameId, sameUid, absent] = await Promise.allSettled([
        storage.appendMessages({ entries: [entry], now: startAt }),
        storage.createApplication({ application: { ...application, id: traffic.id('app_') } }),
        storage.createApplication({ application: { ...application, environmentId: 'env_absent', uid: undefined } }),
        storage.listEnvironments({ signal: AbortSignal.abort() }),
      ]);
      expect(sameId).toMatchObject({ status: 'rejected' });
      expect(sameUid).toMatchObject({ value: { outcome: 'uid_taken' } });
      expect(absent.status).toBe('rejected');
    }
    const reads = await Promise.all(Array.from({ length: 20 }, () => storage.listEnvironments({})));

    expect(reads).toHaveLength(20);
    const states = await withSql(storages.optionsOf(storage), async (client) => {
      const { rows } = await client.query<{ state: string }>(
        `SELECT state FROM pg_stat_activity WHERE application_name = 'leaks-nothing'`,
      );
      return rows.map(({ state }) => state);
    });
    // The pool, and the connection that listens.
    expect(states.length).toBeLessThanOrEqual(3);
    expect(states.filter((state) => state !== 'idle')).toEqual([]);
  });
});
