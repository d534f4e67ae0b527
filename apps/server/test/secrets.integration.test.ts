import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { isPostriderError, silentLogger, systemClock, systemRandom, type PluginEntry } from '@postrider/core';
import { DeliveryEngine, verifyWebhook } from '@postrider/delivery';
import storagePostgres from '@postrider/storage-postgres';
import storageSqlite from '@postrider/storage-sqlite';
import { createTestDatabase, requireService } from '@postrider/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load-config.js';
import { wireStorage, type WiredStorage } from '../src/plugins/wire-storage.js';
import { exitCodeOf } from '../src/process/exit-codes.js';
import { sealingKeyId } from '../src/secrets/key-ring.js';
import { countSecrets, type SecretCounts } from '../src/secrets/reseal.js';
import { rotateSecrets, type RotationReport } from '../src/secrets/rotate-secrets.js';
import { createServer, type PostriderServer } from '../src/server.js';
import { rootKey } from './support/test-server.js';

const postgres = requireService('postgres', import.meta.url);
const [first, second, foreign] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
const headerCanary = `canary-${randomBytes(9).toString('hex')}`;
const secretCanary = `whsec_${randomBytes(32).toString('base64')}`;

interface Store {
  readonly entry: PluginEntry;
  /** Where the files of the database are, if it has any of its own. */
  readonly directory?: string;
  drop(): Promise<void>;
}

async function createSqlite(): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-secrets-'));
  return {
    entry: { plugin: storageSqlite, config: { path: join(directory, 'postrider.db') } },
    directory,
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function createPostgres(): Promise<Store> {
  const database = await createTestDatabase();
  return { entry: { plugin: storagePostgres, config: { url: database.url } }, drop: () => database.drop() };
}

const stores = [
  { name: 'SQLite', create: createSqlite },
  ...(postgres.available ? [{ name: 'PostgreSQL', create: createPostgres }] : []),
];

async function start({ entry }: Store, keys: readonly Buffer[]): Promise<PostriderServer> {
  const server = await createServer({
    config: loadConfig({
      POSTRIDER_API_KEY: rootKey,
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      POSTRIDER_API_RATE_PER_SECOND: '0',
      POSTRIDER_SECRETS_KEY: keys.map((key) => key.toString('base64')).join(','),
    }),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    announceKey: () => undefined,
    plugins: [entry],
  });
  try {
    await server.app.init();
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function call(
  server: PostriderServer,
  path: string,
  { method = 'POST', body }: { readonly method?: 'POST' | 'PUT'; readonly body?: object } = {},
): Promise<Record<string, unknown>> {
  const fastify = server.app.getHttpAdapter().getInstance();
  const response = await fastify.inject({
    method: body === undefined ? 'GET' : method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  if (response.statusCode >= 300) throw new Error(response.payload);
  return response.payload === '' ? {} : (JSON.parse(response.payload) as Record<string, unknown>);
}

/** Does something with the store as its operator, beside whatever server has it open. */
async function operate<T>(
  { entry }: Store,
  params: { readonly keys: readonly Buffer[]; readonly work: (wired: WiredStorage) => Promise<T> },
): Promise<T> {
  const wired = await wireStorage({
    entry,
    vaultOptions: { keys: params.keys },
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  try {
    return await params.work(wired);
  } finally {
    await wired.stop();
  }
}

/** Every row that is kept, as text. */
function dumpRows(store: Store): Promise<string> {
  return operate(store, {
    keys: [],
    work: async ({ admin }) => {
      const rows: unknown[] = [];
      for await (const row of admin?.exportRows({}) ?? []) rows.push(row);
      return JSON.stringify(rows);
    },
  });
}

/** Every row, and the bytes of the files. */
async function dump(store: Store): Promise<string> {
  const { directory } = store;
  const files = directory === undefined ? [] : readdirSync(directory).map((name) => join(directory, name));
  return [await dumpRows(store), ...files.map((path) => readFileSync(path, 'latin1'))].join('\n');
}

function countIn(store: Store): Promise<SecretCounts> {
  const work = async (wired: WiredStorage) => {
    await wired.start();
    return countSecrets({ storage: wired.storage });
  };
  return operate(store, { keys: [], work });
}

describe.each(stores)('secrets at rest on $name', ({ name, create }) => {
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const receiver = createHttpServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.end();
    });
  });
  let store: Store;
  /** On SQLite the server itself does it after it has started: nobody else can. */
  const rotate = (...keys: readonly Buffer[]): Promise<Pick<RotationReport, 'unreadable'>> =>
    operate(store, {
      keys,
      work: async (wired) => {
        if (name === 'SQLite') return { unreadable: [] };
        await wired.start();
        await wired.vault.unlock(wired.storage);
        return rotateSecrets(wired);
      },
    });
  const secretPath = '/app/canary/endpoint/canary/secret';
  const publish = (server: PostriderServer, n: number) =>
    call(server, '/app/canary/msg', { body: { eventType: 'invoice.paid', payload: { n } } });

  beforeAll(async () => {
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    store = await create();
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await store.drop();
  });

  it('are as they were given without a key', async () => {
    const server = await start(store, []);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await call(server, '/app', { body: { name: 'Canary', uid: 'canary' } });
    await call(server, '/app/canary/endpoint', { body: { uid: 'canary', url, secret: secretCanary } });
    const headers = { authorization: headerCanary };
    await call(server, '/app/canary/endpoint/canary/headers', { method: 'PUT', body: { headers } });
    await server.close();
    expect(await dump(store)).toContain(secretCanary);
  });

  it('are encrypted once there is a key, those from before too, and work as before', async () => {
    const server = await start(store, [first]);
    expect(await call(server, secretPath)).toEqual({ key: secretCanary });
    const report = await rotate(first);
    await server.close();
    expect(report.unreadable).toEqual([]);
    const everything = await dump(store);
    expect(everything).not.toContain(headerCanary);
    expect(everything).not.toContain(secretCanary);
    expect(everything).toContain(`sealed:v1:${sealingKeyId(first)}:`);
  });

  it('change their key while messages are signed with them', async () => {
    const server = await start(store, [second, first]);
    received.length = 0;
    const { id: applicationId } = await call(server, '/app/canary');
    const engine = server.kernel.get(DeliveryEngine);
    let isRotated = false;
    const rotation = rotate(second, first).finally(() => (isRotated = true));
    let sent = 0;
    for (; sent < 100 || !isRotated; sent += 1) {
      await publish(server, sent);
      // What is cached would never notice.
      if (sent % 5 === 0) engine.invalidateRoutes({ applicationId: String(applicationId) });
    }
    const { unreadable } = await rotation;
    expect(unreadable).toEqual([]);
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(sent);
    await server.close();
    const verified = received.map(
      ({ headers, body }) => verifyWebhook({ headers, body, key: secretCanary, now: new Date() }).verified,
    );
    expect(verified).toEqual(verified.map(() => true));
    expect(new Set(received.map(({ headers }) => headers['authorization']))).toEqual(new Set([headerCanary]));
    expect(await countIn(store)).toEqual({ [sealingKeyId(second)]: 2 });
  });

  it.each([
    { given: 'no key', keys: [] },
    { given: 'a wrong key', keys: [foreign] },
    { given: 'only a key of before', keys: [first] },
  ])('keep the server from starting with $given, and nothing is changed', async ({ keys }) => {
    const before = await dumpRows(store);
    const failure = await start(store, keys).then(
      async (server) => server.close(),
      (error: unknown) => error,
    );
    expect(isPostriderError(failure)).toBe(true);
    expect((failure as Error).message).toContain(`sealed with the key ${sealingKeyId(second)}`);
    expect(exitCodeOf(failure)).toBe(78);
    expect(await dumpRows(store)).toBe(before);
    const server = await start(store, [second]);
    expect(await call(server, secretPath)).toEqual({ key: secretCanary });
    await server.close();
  });
});

describe('the key of the embedded store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-secrets-'));
  const keyFile = join(directory, 'secrets.key');
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function startEmbedded(): Promise<PostriderServer> {
    const server = await createServer({
      config: loadConfig({ POSTRIDER_API_KEY: rootKey, POSTRIDER_DATA_DIR: directory, POSTRIDER_METRICS_PORT: '0' }),
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

  it('is made on the first start, for the eyes of the server alone, and used from then on', async () => {
    const server = await startEmbedded();
    await call(server, '/app', { body: { name: 'Canary', uid: 'canary' } });
    const body = { uid: 'canary', url: 'https://hooks.example.com/in', secret: secretCanary };
    await call(server, '/app/canary/endpoint', { body });
    await server.close();
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const made = readFileSync(keyFile, 'utf8');
    const again = await startEmbedded();
    expect(await call(again, '/app/canary/endpoint/canary/secret')).toEqual({ key: secretCanary });
    await again.close();
    expect(readFileSync(keyFile, 'utf8')).toBe(made);
  });

  it('is not replaced when it is lost or damaged: the server does not start', async () => {
    const made = readFileSync(keyFile, 'utf8');
    writeFileSync(keyFile, 'not a key\n');
    const damaged = await startEmbedded().catch((error: unknown) => error);
    expect(exitCodeOf(damaged)).toBe(78);
    rmSync(keyFile);
    const lost = await startEmbedded().catch((error: unknown) => error);
    expect((lost as Error).message).toContain(`put the file ${keyFile} back`);
    expect(exitCodeOf(lost)).toBe(78);
    expect(existsSync(keyFile)).toBe(false);
    writeFileSync(keyFile, made);
    const server = await startEmbedded();
    expect(await call(server, '/app/canary/endpoint/canary/secret')).toEqual({ key: secretCanary });
    await server.close();
  });
});
