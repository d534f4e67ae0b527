import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import { silentLogger, systemClock, systemRandom } from '@postrider/core';
import { createTestDatabase, findFreePort, requireService, startFaultProxy } from '@postrider/test-support';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, type Environment } from '../src/config/load-config.js';
import { describeStartFailure } from '../src/process/describe-start-failure.js';
import { exitCodeOf } from '../src/process/exit-codes.js';
import { createServer, type PostriderServer } from '../src/server.js';
import { rootKey } from './support/test-server.js';

const postgres = requireService('postgres', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'postrider-boot-'));
const mounts: string[] = [];
afterAll(() => {
  for (const mount of mounts) execFileSync('umount', [mount]);
  rmSync(directory, { recursive: true, force: true });
});

/** Starts a server in this process. */
async function start(environment: Environment): Promise<PostriderServer> {
  const server = await createServer({
    config: loadConfig({
      POSTRIDER_METRICS_PORT: '0',
      POSTRIDER_API_KEY: rootKey,
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      ...environment,
    }),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    announceKey: () => undefined,
  });
  try {
    await server.app.init();
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** What a process would say and exit with that cannot start; `undefined` when it starts. */
async function failureOf(environment: Environment): Promise<{ code: number; message: string } | undefined> {
  try {
    await (await start(environment)).close();
    return undefined;
  } catch (error) {
    return { code: exitCodeOf(error), message: describeStartFailure(error) };
  }
}

async function call(server: PostriderServer, path: string, body: object): Promise<number> {
  const fastify = server.app.getHttpAdapter().getInstance();
  const headers = { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' };
  const answer = await fastify.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers,
    payload: JSON.stringify(body),
  });
  return answer.statusCode;
}

describe.skipIf(!postgres.available)('a database that is away at the start', () => {
  it('is waited for: the process lives, is not ready, says so, and starts when the database is there', async () => {
    const database = await createTestDatabase();
    const { hostname, port: target } = new URL(database.url);
    const proxy = await startFaultProxy({ host: hostname, port: Number(target || '5432') });
    proxy.refuse();
    const url = new URL(database.url);
    url.host = `${proxy.host}:${proxy.port}`;
    const port = await findFreePort();
    const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
    const begin = (listenOn: number) => {
      const environment = { POSTRIDER_DATABASE_URL: url.href, PORT: String(listenOn), POSTRIDER_METRICS_PORT: '0' };
      const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...environment } });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      return { child, output: () => output, exited: once(child, 'exit') };
    };
    const server = begin(port);
    const impatient = begin(await findFreePort());
    const ask = (path: string) =>
      fetch(`http://127.0.0.1:${port}/api/v1${path}`).then(
        (answer) => answer,
        () => undefined,
      );
    await expect.poll(async () => (await ask('/health/live'))?.status, { timeout: 25_000 }).toBe(204);
    expect((await ask('/health/ready'))?.status).toBe(503);
    const refused = await ask('/app');
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(server.output()).toMatch(/"tries":1.*"The database cannot be reached: waiting for it"/);

    await expect.poll(() => impatient.output(), { timeout: 25_000 }).toContain('waiting for it');
    impatient.child.kill('SIGTERM');
    expect(await impatient.exited).toEqual([0, null]);

    proxy.heal();
    await expect.poll(async () => (await ask('/health/ready'))?.status, { timeout: 25_000 }).toBe(204);
    expect(server.output()).toContain('The database can be reached: starting');
    server.child.kill('SIGTERM');
    expect(await server.exited).toEqual([0, null]);
    await proxy.close();
    await database.drop();
  }, 60_000);
});

interface Schema {
  readonly environment: Environment;
  run(sql: string): Promise<void>;
  drop(): Promise<void>;
}

async function createSqlite(): Promise<Schema> {
  const data = mkdtempSync(join(directory, 'schema-'));
  return {
    environment: { POSTRIDER_DATA_DIR: data },
    run: async (sql) => {
      const database = new DatabaseSync(join(data, 'postrider.db'));
      database.exec(sql.replace('now()', '0').replace('true', '1').replace('false', '0'));
      database.close();
    },
    drop: async () => undefined,
  };
}

async function createPostgres(): Promise<Schema> {
  const database = await createTestDatabase();
  return {
    environment: { POSTRIDER_DATABASE_URL: database.url },
    run: async (sql) => {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query(sql);
      await client.end();
    },
    drop: () => database.drop(),
  };
}

const schemas = [
  { name: 'SQLite', create: createSqlite },
  ...(postgres.available ? [{ name: 'PostgreSQL', create: createPostgres }] : []),
];

describe.each(schemas)('a schema on $name that a newer version has changed', ({ name, create }) => {
  it('is worked with as long as the change is not breaking, and refused from then on', async () => {
    const schema = await create();
    expect(await failureOf(schema.environment)).toBeUndefined();
    // What a release may do under the feet of the one before.
    await schema.run(`ALTER TABLE endpoints ADD COLUMN colour text`);
    await schema.run(`CREATE TABLE colours (name text PRIMARY KEY)`);
    await schema.run(
      `INSERT INTO schema_migrations (number, name, breaking, applied_at) VALUES (9001, 'colours', false, now())`,
    );

    const received: string[] = [];
    const receiver = createHttpServer((request, response) => {
      received.push(String(request.headers['webhook-id']));
      request.resume();
      response.end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const api = await start({ ...schema.environment, POSTRIDER_ROLE: name === 'SQLite' ? 'all' : 'api' });
    const worker = name === 'SQLite' ? undefined : await start({ ...schema.environment, POSTRIDER_ROLE: 'worker' });
    expect(await call(api, '/app', { name: 'A', uid: 'a' })).toBe(201);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    expect(await call(api, '/app/a/endpoint', { url })).toBe(201);
    for (let n = 0; n < 5; n += 1) {
      expect(await call(api, '/app/a/msg', { eventType: 'a.b', payload: { n } })).toBe(202);
    }
    await expect.poll(() => new Set(received).size, { timeout: 15_000 }).toBe(5);
    await worker?.close();
    await api.close();
    receiver.closeAllConnections();
    receiver.close();

    await schema.run(
      `INSERT INTO schema_migrations (number, name, breaking, applied_at) VALUES (9002, 'no way back', true, now())`,
    );
    const failure = await failureOf(schema.environment);
    expect(failure?.code).toBe(65);
    expect(failure?.message).toMatch(/9002/);
    await schema.drop();
  }, 60_000);
});

describe('a plugin that does not fit', () => {
  const write = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const plugin = (api: string) =>
    `export default { $$plugin: 1, name: '@acme/odd', version: '1.2.3', api: '${api}', provides: [], requires: {},
       optional: {}, contributes: [], capabilities: {}, setup: () => ({}),
       config: { '~standard': { version: 1, vendor: 'acme', validate: (value) => ({ value }) } } };`;

  it.each([
    ['was made for another plugin API', 'newer.mjs', plugin('^9.0.0'), /@acme\/odd.*1\.2\.3.*\^9\.0\.0/],
    ['fails while it is loaded', 'broken.mjs', `throw new Error('no licence');`, /broken\.mjs.*no licence/],
    ['is none', 'none.mjs', `export default {};`, /none\.mjs.*is not a plugin/],
    ['is not there', 'absent.mjs', undefined, /absent\.mjs.*was not found/],
  ])('because it %s', async (_, name, text, message) => {
    const path = text === undefined ? join(directory, name) : write(name, text);
    const failure = await failureOf({ POSTRIDER_DATA_DIR: join(directory, 'plugins'), POSTRIDER_PLUGINS: path });
    expect(failure?.message).toMatch(message);
    expect(failure?.code).toBe(78);
  });

  it('is the only thing that fails: the same server starts with one that fits', async () => {
    const environment = {
      POSTRIDER_DATA_DIR: join(directory, 'plugins'),
      POSTRIDER_PLUGINS: write('fits.mjs', plugin('^1.0.0')),
    };
    expect(await failureOf(environment)).toBeUndefined();
  });
});

/** A disk of 1 MiB, where mounting is allowed. */
function mountDisk(name: string): string | undefined {
  const path = join(directory, name);
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'pipe' });
    mounts.push(path);
    return path;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(
      `THE START ON A FULL OR READ-ONLY DISK IS NOT TESTED: mounting is not allowed here (${String(error)})\n`,
    );
    return undefined;
  }
}

const full = mountDisk('full');

describe.skipIf(full === undefined)('a disk that cannot be written', () => {
  it('keeps the server from starting when it is full, in a sentence', async () => {
    expect(() => {
      for (;;) appendFileSync(join(full ?? '', 'filler'), Buffer.alloc(4_096));
    }).toThrow('ENOSPC');
    const failure = await failureOf({ POSTRIDER_DATA_DIR: full });
    expect(failure?.message).toMatch(/disk|ENOSPC/);
    expect(failure?.code).toBe(74);
  });

  it('keeps the server from starting when it is read-only, in a sentence', async () => {
    const path = mountDisk('read-only') ?? '';
    execFileSync('mount', ['-o', 'remount,ro', path]);
    const failure = await failureOf({ POSTRIDER_DATA_DIR: path });
    expect(failure?.message).toMatch(/cannot be created or written.*EROFS/);
    expect(failure?.code).toBe(74);
  });
});
