/** F13 and F21: everything that can happen between a server and its PostgreSQL, under load. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createPostgresInstallation, type BreakableDatabase, type Installation } from '../chaos/src/installations.ts';
import { startDrill, until, type Drill } from './support/drill.ts';

let installation: Installation;
let database: BreakableDatabase;
let drill: Drill | undefined;
const keep = (started: Drill): Drill => {
  drill = started;
  return started;
};

beforeAll(async () => {
  installation = await createPostgresInstallation();
  if (installation.database === undefined) throw new Error('The installation has no database to break.');
  database = installation.database;
}, 120_000);
afterEach(async () => {
  await drill?.close();
  drill = undefined;
});
afterAll(() => installation.drop());

/** The client gives a statement up after 15 s; a publish waits for at most one that runs already, and its own. */
const longestAnswerMs = 32_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server under a steady load that goes on through the fault. */
async function underLoad(fault: (server: Awaited<ReturnType<Drill['start']>>) => Promise<void>) {
  const schema = `fault_${String(Math.floor(Math.random() * 1e9))}`;
  const options = { '@postrider/delivery': { reapIntervalMs: 1_000 }, '@postrider/storage-postgres': { schema } };
  const throughProxy = installation.environment['POSTRIDER_DATABASE_URL'] ?? '';
  const own = keep(
    await startDrill({
      name: 'postgres',
      create: async () => ({
        environment: {
          ...installation.environment,
          POSTRIDER_DATABASE_URL: throughProxy,
          POSTRIDER_PLUGIN_OPTIONS: JSON.stringify(options),
        },
        drop: async () => void (await database.run(`DROP SCHEMA ${schema} CASCADE`)),
      }),
      ledgerUrl: `${database.server.url}?options=-c%20search_path%3D${schema}`,
    }),
  );
  const server = await own.start();
  const customer = await own.addCustomer(server, { good: 'good', slow: 'slow' });
  let longestMs = 0;
  let running = true;
  const loops = Array.from({ length: 4 }, async () => {
    while (running) {
      const startedMs = performance.now();
      await own.publish(server, customer);
      longestMs = Math.max(longestMs, performance.now() - startedMs);
      await wait(50);
    }
  });
  await until('the load runs', () => own.accepted.size > 10);
  await fault(server);
  const before = own.accepted.size;
  await until('publishes are accepted again', () => own.accepted.size > before + 10, 40_000);
  running = false;
  await Promise.all(loops);
  const violations = await own.verdict(server);
  await until('every part of the server is well again', async () => (await fetch(`${server.url}/api/v1/health`)).ok);
  expect(longestMs).toBeLessThan(longestAnswerMs);
  console.log(
    `${String(own.accepted.size)} accepted, 0 lost, the slowest answer took ${String(Math.round(longestMs))} ms`,
  );
  return violations;
}

it('F13 the database crashes three times under load', async () => {
  const violations = await underLoad(async () => {
    for (let crash = 0; crash < 3; crash += 1) {
      await database.server.crash();
      await database.server.start();
      await wait(1_000);
    }
  });
  expect(violations).toEqual([]);
}, 150_000);

it('F13 all connections are terminated again and again', async () => {
  const violations = await underLoad(async () => {
    for (let round = 0; round < 4; round += 1) {
      await database.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
      );
      await wait(1_000);
    }
  });
  expect(violations).toEqual([]);
}, 150_000);

it('F13 the database takes no writes for 5 s', async () => {
  const violations = await underLoad(async (server) => {
    await database.run('ALTER SYSTEM SET default_transaction_read_only = on');
    await database.run('SELECT pg_reload_conf()');
    const isReady = async () => (await fetch(`${server.url}/api/v1/health/ready`)).status === 204;
    await until('readiness says no', async () => !(await isReady()));
    await wait(5_000);
    await database.run('ALTER SYSTEM RESET default_transaction_read_only');
    await database.run('SELECT pg_reload_conf()');
    await until('readiness says yes', isReady);
  });
  expect(violations).toEqual([]);
}, 150_000);

it('F13 and F21 a black hole swallows the database for 20 s: every loop goes on afterwards, the process lives', async () => {
  const violations = await underLoad(async (server) => {
    database.proxy.blackhole();
    await wait(10_000);
    expect((await fetch(`${server.url}/api/v1/health/ping`)).status).toBe(204);
    expect((await fetch(`${server.url}/api/v1/health/ready`)).status).toBe(503);
    await wait(10_000);
    database.proxy.heal();
    await until('readiness says yes', async () => (await fetch(`${server.url}/api/v1/health/ready`)).status === 204);
  });
  expect(violations).toEqual([]);
}, 180_000);
