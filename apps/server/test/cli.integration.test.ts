import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { silentLogger, systemClock, systemRandom } from '@postrider/core';
import { createTestDatabase, requireService, type TestDatabase } from '@postrider/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/run-cli.js';
import { loadConfig } from '../src/config/load-config.js';
import { createServer, type PostriderServer } from '../src/server.js';

const postgres = requireService('postgres', import.meta.url);
const secretsKey = randomBytes(32).toString('base64');
const environmentId = `env_${'0'.repeat(27)}`;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command line, in this process. */
async function run(environment: Readonly<Record<string, string>>, directory: string, line: string): Promise<Run> {
  let out = '';
  let err = '';
  const code = await runCli(line.split(' '), {
    environment,
    directory,
    out: (text) => (out += text),
    err: (text) => (err += text),
    clock: systemClock,
    random: systemRandom,
  });
  return { code, out, err };
}

async function startServer(environment: Readonly<Record<string, string>>): Promise<PostriderServer> {
  const server = await createServer({
    config: loadConfig({ ...environment, POSTRIDER_METRICS_PORT: '0' }),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    announceKey: () => undefined,
  });
  await server.app.init();
  return server;
}

async function call(server: PostriderServer, params: { key: string; path: string; body?: object }) {
  const fastify = server.app.getHttpAdapter().getInstance();
  return fastify.inject({
    method: params.body === undefined ? 'GET' : 'POST',
    url: `/api/v1${params.path}`,
    headers: { authorization: `Bearer ${params.key}`, 'content-type': 'application/json' },
    ...(params.body !== undefined && { payload: JSON.stringify(params.body) }),
  });
}

const directory = mkdtempSync(join(tmpdir(), 'postrider-cli-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const kinds = [
  { name: 'SQLite', isEmbedded: true },
  ...(postgres.available ? [{ name: 'PostgreSQL', isEmbedded: false }] : []),
];

describe.each(kinds)('postrider on $name', ({ name, isEmbedded }) => {
  let database: TestDatabase | undefined;
  let environment: Record<string, string> = {};
  const cli = (line: string, more: Record<string, string> = {}) => run({ ...environment, ...more }, directory, line);

  beforeAll(async () => {
    environment = { POSTRIDER_DATA_DIR: join(directory, name), POSTRIDER_SECRETS_KEY: secretsKey };
    if (isEmbedded) return;
    database = await createTestDatabase();
    environment['POSTRIDER_DATABASE_URL'] = database.url;
  });
  afterAll(() => database?.drop());

  it('shows what is pending, refuses to work before it is applied, and applies it', async () => {
    const status = await cli('migrate status');
    expect(status).toMatchObject({ code: 3, err: '' });
    expect(status.out).toMatch(/^1 +\S+.* pending/m);
    const plan = await cli('migrate plan');
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.out).toContain('CREATE TABLE endpoint_secrets');
    expect((await cli('migrate verify')).code).toBe(3);

    const refused = await cli('keys list');
    expect(refused.code).toBe(65);
    expect(refused.err).toMatch(/migrat/i);
    const started = await startServer({ ...environment, POSTRIDER_AUTO_MIGRATE: 'false' }).catch(
      (error: unknown) => error,
    );
    expect(started).toMatchObject({ cause: { code: 'STORAGE_SCHEMA_BEHIND' } });

    expect(await cli('migrate up')).toMatchObject({ code: 0, err: '' });
    expect(await cli('migrate up')).toMatchObject({ code: 0, out: 'Applied 0 steps.\n' });
    expect((await cli('migrate status')).code).toBe(0);
    expect((await cli('migrate verify')).out).toContain('The schema is up to date');
    expect((await cli('migrate plan')).out).toBe('');
  });

  it('makes keys that the server accepts, lists and revokes them', async () => {
    const made = await cli('keys create --name first --expires-in-days 2');
    expect(made).toMatchObject({ code: 0, err: 'Keep it: it is shown once.\n' });
    const key = made.out.trim();
    const reader = (await cli('keys create --name reader --scopes applications:read')).out.trim();
    const server = await startServer({ ...environment, POSTRIDER_AUTO_MIGRATE: 'false' });
    expect((await call(server, { key, path: '/app', body: { name: 'A', uid: 'a' } })).statusCode).toBe(201);
    expect((await call(server, { key: reader, path: '/app' })).statusCode).toBe(200);
    expect((await call(server, { key: reader, path: '/app', body: { name: 'B' } })).statusCode).toBe(403);
    const body = { uid: 'e', url: 'https://hooks.example.com/in' };
    expect((await call(server, { key, path: '/app/a/endpoint', body })).statusCode).toBe(201);
    await server.close();

    const listed = await cli('keys list');
    expect(listed.out).toMatch(/first +\*,tenants:admin/);
    expect(listed.out).not.toContain(key);
    const id = key.split('_')[1];
    expect(await cli(`keys revoke ${id}`)).toMatchObject({ code: 0, out: `Revoked ${id}.\n` });
    const again = await startServer(environment);
    expect((await call(again, { key, path: '/app' })).statusCode).toBe(401);
    await again.close();
    expect(await cli('keys revoke nobody')).toMatchObject({ code: 1, out: '' });
    expect((await cli('keys create --name x --scopes all')).err).toContain('There is no scope all');
    expect((await cli('keys create --name x --environment env_other')).err).toContain(environmentId);
    // Beside each environment is one of the server's own, which no key may open.
    const own = `--environment ${environmentId}.operational`;
    expect((await cli(`keys create --name x ${own}`)).code).toBe(1);
  });

  it('counts encrypted values and changes their key', async () => {
    const next = (await cli('secrets generate-key')).out.trim();
    expect((await cli('secrets status')).out).toMatch(/\(encrypts\): 1 values/);
    const ring = { POSTRIDER_SECRETS_KEY: `${next},${secretsKey}` };
    const status = await cli('secrets status', ring);
    expect(status).toMatchObject({ code: 3 });
    expect(status.out).toMatch(/\(encrypts\): 0 values/);
    const rotated = await cli('secrets rotate', ring);
    expect(rotated).toMatchObject({ code: 0, err: '' });
    expect(rotated.out).toMatch(/encrypted the secrets of 1 anew[^]*\(encrypts\): 1 values[^]*Not needed any more: /);
    environment['POSTRIDER_SECRETS_KEY'] = next;
    expect((await cli('secrets status')).code).toBe(0);
    const wrong = await cli('secrets rotate', { POSTRIDER_SECRETS_KEY: secretsKey });
    expect(wrong).toMatchObject({ code: 78, out: '' });
  });

  it('applies retention, and finds nothing to complain of', async () => {
    expect(await cli('retention run')).toMatchObject({
      code: 0,
      out: '{"messages":0,"rollups":0,"idempotencyKeys":0}\n',
    });
    const doctor = await cli('doctor --json --dns-name localhost');
    const findings = JSON.parse(doctor.out) as readonly {
      check: string;
      level: string;
      found: string;
      next?: string;
    }[];
    // Servers for tests are made quick at the cost of safety, and the doctor says so.
    const problems = findings.filter(({ level }) => level === 'problem');
    expect(
      problems.filter(({ found }) => !/^(autovacuum|fsync|full_page_writes|synchronous_commit) is /.test(found)),
    ).toEqual([]);
    expect(doctor.code).toBe(problems.length === 0 ? 0 : 3);
    const seen = new Set(findings.map(({ check }) => check));
    for (const check of ['configuration', 'dns', 'egress', 'clock', 'database', 'schema', 'queue', 'secrets']) {
      expect(seen).toContain(check);
    }
    expect(findings.filter(({ level, next }) => level !== 'fine' && next === undefined)).toEqual([]);
  });

  it('writes a backup, and restores all of it or nothing', async () => {
    const file = join(directory, `${name}.backup.gz`);
    expect(await cli(`backup create ${file}`)).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await cli(`backup verify ${file}`)).out).toContain('is whole: ');
    expect((await cli(`backup create ${file}`)).err).toContain('exists already');
    const occupied = await cli(`backup restore ${file}`);
    expect(occupied).toMatchObject({ code: 65, out: '' });
    const bytes = readFileSync(file);
    const damaged = join(directory, `${name}.damaged.gz`);
    writeFileSync(damaged, bytes.subarray(0, -20));
    const target = { POSTRIDER_DATA_DIR: join(directory, `${name}-restored`), POSTRIDER_DATABASE_URL: '' };
    expect(await cli(`backup restore ${damaged}`, target)).toMatchObject({ code: 65, out: '' });
    const restored = await cli(`backup restore ${file}`, { ...target, POSTRIDER_SECRETS_KEY: secretsKey });
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.err).toContain('give it as POSTRIDER_SECRETS_KEY');
    const again = join(directory, `${name}.again.backup`);
    expect((await cli(`backup create ${again}`, target)).code).toBe(0);
    const original = join(directory, `${name}.plain.backup`);
    await cli(`backup create ${original}`);
    // All but the first line, which says when and of what, and the last, which is its checksum.
    const rowsOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(1, -2);
    expect(rowsOf(again)).toEqual(rowsOf(original));
    expect(rowsOf(again).length).toBeGreaterThan(5);
  });
});

describe.skipIf(!postgres.available)('moving from SQLite to PostgreSQL', () => {
  it('brings everything along, and the server goes on with it', async () => {
    const database = await createTestDatabase();
    const from = { POSTRIDER_DATA_DIR: join(directory, 'move') };
    const to = { POSTRIDER_DATABASE_URL: database.url };
    const cli = (environment: Record<string, string>, line: string) => run(environment, directory, line);
    await cli(from, 'migrate up');
    const key = (await cli(from, 'keys create --name mover')).out.trim();
    const server = await startServer(from);
    await call(server, { key, path: '/app', body: { name: 'A', uid: 'a' } });
    const body = { uid: 'e', url: 'https://hooks.example.com/in' };
    await call(server, { key, path: '/app/a/endpoint', body });
    await call(server, { key, path: '/app/a/msg', body: { eventType: 'a.b', payload: { n: 1e21 } } });
    const secret = (await call(server, { key, path: '/app/a/endpoint/e/secret' })).payload;
    await server.close();

    const file = join(directory, 'move.backup');
    expect((await cli(from, `backup create ${file}`)).code).toBe(0);
    const keyed = { ...to, POSTRIDER_SECRETS_KEY_FILE: join(from.POSTRIDER_DATA_DIR, 'secrets.key') };
    expect(await cli(keyed, `backup restore ${file}`)).toMatchObject({ code: 0, err: '' });
    const moved = await startServer({
      POSTRIDER_DATABASE_URL: database.url,
      POSTRIDER_SECRETS_KEY: readFileSync(keyed.POSTRIDER_SECRETS_KEY_FILE, 'utf8').trim(),
      POSTRIDER_ROLE: 'api',
    });
    expect((await call(moved, { key, path: '/app/a/endpoint/e/secret' })).payload).toBe(secret);
    expect((await call(moved, { key, path: '/app/a/msg' })).payload).toContain('{"n":1e+21}');
    await moved.close();
    await database.drop();
  });
});

describe('postrider without a store', () => {
  const cli = (line: string, environment: Record<string, string> = {}) => run(environment, directory, line);

  it('prints the configuration with its sources, and no secret unless it is asked', async () => {
    const environment = { PORT: '9000', POSTRIDER_API_KEY: 'a-key-that-nobody-should-ever-see-0123456' };
    const shown = await cli('config print --redacted', environment);
    expect(shown.out).toMatch(/^PORT +9000 +variable$/m);
    expect(shown.out).toMatch(/^POSTRIDER_ROLE +all +default$/m);
    expect(shown.out).toMatch(/^POSTRIDER_API_KEY +\[redacted\] +variable$/m);
    expect(shown.out).not.toContain(environment.POSTRIDER_API_KEY);
    expect((await cli('config print --show-secrets', environment)).out).toContain(environment.POSTRIDER_API_KEY);
  });

  it('checks the configuration, and lists plugins', async () => {
    expect(await cli('config check')).toMatchObject({
      code: 0,
      out: 'The configuration is right; 2 plugins were found.\n',
    });
    const wrong = await cli('config check', { PORT: 'x', POSTRIDER_PLUGINS: '@acme/none' });
    expect(wrong).toMatchObject({ code: 78, out: '' });
    expect(wrong.err).toContain('PORT: ');
    expect(await cli('config check', { POSTRIDER_PLUGINS: '@acme/none' })).toMatchObject({ code: 78 });
    expect((await cli('plugins list')).out).toMatch(/@postrider\/storage-sqlite +\d\S+ +\^1.0.0 +postrider.storage/);
  });

  it('advises against settings that somebody will be sorry for', async () => {
    const doctor = await cli('doctor --dns-name nowhere.invalid --egress-url http://10.0.0.1/hook', {
      POSTRIDER_DATA_DIR: join(directory, 'doctor'),
      POSTRIDER_EGRESS_ALLOW_CIDRS: '0.0.0.0/0',
      POSTRIDER_EGRESS_ALLOW_METADATA: 'true',
      POSTRIDER_PUBLIC_URL: 'http://hooks.example.com',
    });
    expect(doctor.code).toBe(3);
    expect(doctor.out).toMatch(/advice +configuration +POSTRIDER_EGRESS_ALLOW_CIDRS opens/);
    expect(doctor.out).toMatch(/PROBLEM +dns +nowhere\.invalid/);
    const away = await cli('doctor', { POSTRIDER_DATABASE_URL: 'postgres://127.0.0.1:1/none' });
    expect(away.code).toBe(3);
    expect(away.out).toMatch(/PROBLEM +database/);
  });

  it.each([['unknown'], ['keys create'], ['migrate up --nothing'], ['']])('says how "%s" is wrong', async (line) => {
    const { code, out, err } = await cli(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });
});
