import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isPostriderError } from '@postrider/core';
import { renderCliReference } from '../cli/cli-reference.js';
import { renderConfigurationReference } from './configuration-reference.js';
import { renderExampleEnvironment } from './example-environment.js';
import { loadConfig, type Environment } from './load-config.js';

const directory = mkdtempSync(join(tmpdir(), 'postrider-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (isPostriderError(error, 'CONFIG_INVALID')) return error.details?.['problems'] as string[];
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({ PATH: '/bin', HOME: '/root' })).toEqual({
      http: { host: '127.0.0.1', port: 8071 },
      role: 'all',
      dataDir: resolve('data'),
      storagePackage: '@postrider/storage-sqlite',
      databaseUrl: undefined,
      secretsKeys: [],
      autoMigrate: true,
      redisUrl: undefined,
      replicas: 1,
      pluginPackages: [],
      pluginOptions: {},
      apiKey: undefined,
      preStopDelayMs: 0,
      publicUrl: 'http://127.0.0.1:8071',
      trustedProxies: [],
      authFailuresPerMinute: 60,
      apiRate: { ratePerSecond: 100, burst: 200 },
      egress: { allowCidrs: [], allowMetadata: false },
      payloadMaxBytes: 262_144,
      attemptTimeoutMs: 20_000,
      leaseMs: 60_000,
      retryScheduleMs: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => seconds * 1_000),
      autoDisableAfterMs: 432_000_000,
      svixAliasHeaders: true,
      cache: { maxEntries: 1_000, defaultTtlMs: 300_000, maxMemoryMb: 100 },
      metrics: { retentionHours: 24, host: '127.0.0.1', port: 9464, isPortChosen: false },
      retentionDays: 90,
      analyticsRetentionDays: 30,
      auditRetentionDays: 365,
      taskRetentionDays: 30,
      endpointsMax: 50,
      maxPending: 10_000_000,
      maxPendingPerApplication: 1_000_000,
      shutdownGraceMs: 8_000,
      logLevel: 'info',
      failpoints: undefined,
    });
  });

  it('takes PostgreSQL when there is a database, unless another storage is named', () => {
    const POSTRIDER_DATABASE_URL = 'postgres://app:secret@db/app';
    expect(loadConfig({ POSTRIDER_DATABASE_URL }).storagePackage).toBe('@postrider/storage-postgres');
    const named = loadConfig({ POSTRIDER_DATABASE_URL, POSTRIDER_STORAGE: '@acme/storage' });
    expect(named.storagePackage).toBe('@acme/storage');
  });

  it.each<[string, Environment, object]>([
    [
      'where and how long metrics are kept',
      { POSTRIDER_METRICS_PORT: '0', POSTRIDER_METRICS_HOST: '::1', WEBHOOK_METRICS_RETENTION_HOURS: '48' },
      { metrics: { retentionHours: 48, host: '::1', port: 0, isPortChosen: true } },
    ],
    [
      'what caches may hold',
      { WEBHOOK_CACHE_MAX_SIZE: '10', WEBHOOK_CACHE_DEFAULT_TTL: '60', WEBHOOK_CACHE_MAX_MEMORY_MB: '1' },
      { cache: { maxEntries: 10, defaultTtlMs: 60_000, maxMemoryMb: 1 } },
    ],
    [
      'where Redis is',
      { POSTRIDER_REDIS_URL: 'rediss://user:pass%40@redis:6380/1' },
      { redisUrl: 'rediss://user:pass%40@redis:6380/1' },
    ],
    ['how many processes deliver', { POSTRIDER_REPLICAS: '4' }, { replicas: 4 }],
    ['a port', { PORT: '0' }, { http: { host: '127.0.0.1', port: 0 } }],
    [
      'durations of every unit',
      { POSTRIDER_RETRY_SCHEDULE: '1500ms, 5s,5m,2h,1d' },
      { retryScheduleMs: [1_500, 5_000, 300_000, 7_200_000, 86_400_000] },
    ],
    [
      'ranges',
      { POSTRIDER_EGRESS_ALLOW_CIDRS: '10.20.0.0/16, fd12::/48' },
      { egress: { allowCidrs: ['10.20.0.0/16', 'fd12::/48'], allowMetadata: false } },
    ],
    ['a switch', { POSTRIDER_SVIX_ALIAS_HEADERS: 'off' }, { svixAliasHeaders: false }],
    ['plugins', { POSTRIDER_PLUGINS: 'a, @b/c' }, { pluginPackages: ['a', '@b/c'] }],
    ['plugin options', { POSTRIDER_PLUGIN_OPTIONS: '{"a":{"b":1}}' }, { pluginOptions: { a: { b: 1 } } }],
    [
      'an empty variable as if it were not set',
      { PORT: '', POSTRIDER_API_KEY: '' },
      { http: { host: '127.0.0.1', port: 8_071 } },
    ],
    ['failpoints in a test', { POSTRIDER_FAILPOINTS: 'a.b=kill', NODE_ENV: 'test' }, { failpoints: 'a.b=kill' }],
    ['variables of the test suite', { POSTRIDER_TEST_POSTGRES_URL: 'x' }, {}],
  ])('reads %s', (_, environment, expected) => {
    expect(loadConfig(environment)).toMatchObject(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '1e3'],
    ['PORT', '-1'],
    ['POSTRIDER_ROLE', 'both'],
    ['POSTRIDER_STORAGE', '../evil'],
    ['POSTRIDER_DATABASE_URL', 'mysql://db/app'],
    ['POSTRIDER_REDIS_URL', 'redis:6379'],
    ['POSTRIDER_REDIS_URL', 'redis://:secret@host:port'],
    ['POSTRIDER_REPLICAS', '0'],
    ['POSTRIDER_REPLICAS', '2.5'],
    ['WEBHOOK_CACHE_MAX_SIZE', '0'],
    ['WEBHOOK_CACHE_DEFAULT_TTL', '5m'],
    ['WEBHOOK_CACHE_MAX_MEMORY_MB', '-1'],
    ['POSTRIDER_API_KEY', 'short'],
    ['POSTRIDER_API_KEY', 'with a space, and long enough to be a key'],
    ['POSTRIDER_API_KEY', `pr_0123456789ab_${'x'.repeat(49)}`],
    ['POSTRIDER_EGRESS_ALLOW_CIDRS', '10.0.0.0'],
    ['POSTRIDER_EGRESS_ALLOW_CIDRS', '10.0.0.0/33'],
    ['POSTRIDER_EGRESS_ALLOW_CIDRS', 'fe80::1%eth0/64'],
    ['POSTRIDER_EGRESS_ALLOW_METADATA', 'perhaps'],
    ['POSTRIDER_LOG_LEVEL', 'loud'],
    ['POSTRIDER_PAYLOAD_MAX_BYTES', '1048577'],
    ['POSTRIDER_ATTEMPT_TIMEOUT_MS', '500'],
    ['POSTRIDER_RETRY_SCHEDULE', '5'],
    ['POSTRIDER_RETRY_SCHEDULE', '999ms'],
    ['POSTRIDER_RETRY_SCHEDULE', Array.from({ length: 21 }, () => '1s').join()],
    ['POSTRIDER_RETRY_SCHEDULE', ','],
    ['POSTRIDER_PLUGINS', 'a b'],
    ['POSTRIDER_PLUGIN_OPTIONS', '{"a":1}'],
    ['POSTRIDER_PLUGIN_OPTIONS', '{'],
    ['POSTRIDER_RETENTION_DAYS', '0'],
    ['POSTRIDER_FAILPOINTS', 'a.b=kill'],
    ['POSTRIDER_LEASE_MS', '39999'],
    ['POSTRIDER_PROT', '8080'],
    ['POSTRIDER_PORT_FILE', '/x'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: .*\\.$`));
  });

  it('lists every problem at once, in the message too', () => {
    const problems = problemsOf({
      PORT: 'x',
      POSTRIDER_ROLE: 'y',
      POSTRIDER_NOPE: 'z',
      POSTRIDER_API_KEY_FILE: '/none',
    });
    expect(problems).toHaveLength(4);
    expect(() => loadConfig({ PORT: 'x', POSTRIDER_ROLE: 'y' })).toThrow(
      /2 problems:\n {2}- PORT: .*\n {2}- POSTRIDER_ROLE/,
    );
  });

  it('wants to know where the database is that it was told to use', () => {
    const POSTRIDER_STORAGE = '@postrider/storage-postgres';
    expect(problemsOf({ POSTRIDER_STORAGE })).toEqual([expect.stringMatching(/^POSTRIDER_DATABASE_URL: missing/)]);
    expect(problemsOf({ POSTRIDER_STORAGE, POSTRIDER_DATABASE_URL: 'postgres://h/d' })).toEqual([]);
    const POSTRIDER_PLUGIN_OPTIONS = JSON.stringify({ [POSTRIDER_STORAGE]: { url: 'postgres://h/d' } });
    expect(problemsOf({ POSTRIDER_STORAGE, POSTRIDER_PLUGIN_OPTIONS })).toEqual([]);
  });

  it('reads every variable from a file, too, without the newline at its end', () => {
    const key = 'a-key-of-more-than-thirty-two-characters';
    expect(loadConfig({ POSTRIDER_API_KEY_FILE: write('key', `${key}\n`) }).apiKey).toBe(key);
    expect(loadConfig({ PORT_FILE: write('port', '9000\r\n') }).http.port).toBe(9_000);
    const twice = problemsOf({ PORT: '1', PORT_FILE: write('port', '2') });
    expect(twice).toEqual(['PORT: given twice, directly and as PORT_FILE. Remove one of them.']);
    expect(problemsOf({ PORT_FILE: join(directory, 'missing') })[0]).toContain('ENOENT');
  });

  it('never shows what was found in a secret', () => {
    const secrets = ['POSTRIDER_API_KEY', 'POSTRIDER_DATABASE_URL', 'POSTRIDER_PLUGIN_OPTIONS'];
    for (const name of secrets) expect(problemsOf({ [name]: 'canary %' }).join()).not.toContain('canary');
    expect(problemsOf({ POSTRIDER_API_KEY_FILE: write('bad', 'canary %') }).join()).not.toContain('canary');
  });
});

describe.each([
  ['docs/reference/configuration.md', renderConfigurationReference],
  ['docs/reference/cli.md', renderCliReference],
  ['.env.example', renderExampleEnvironment],
])('%s', (name, render) => {
  it('is fresh; after a change: pnpm --filter @postrider/server docs:config', () => {
    expect(readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8')).toBe(render());
  });
});

describe('.env.example', () => {
  it('is a configuration that works as it stands, and with each of its lines', () => {
    const lines = [...renderExampleEnvironment().matchAll(/^#(\w+)=(.*)$/gm)];
    expect(lines.length).toBeGreaterThan(30);
    const environment = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
    expect(loadConfig(environment)).toEqual(loadConfig({}));
  });
});
