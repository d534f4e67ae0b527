import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, requireService, type TestDatabase } from '@postrider/test-support';
import { createConsumer, packAll } from './consumer-project.ts';

const used = {
  core: [true, false],
  resilience: 2,
  client: 'http://127.0.0.1:9/api/v1/app/a',
  cache: 42,
  metrics: true,
  analytics: [1, 1],
  health: 92,
  delivery: true,
  'metrics-prometheus': true,
  'metrics-otlp': ['/v1/metrics'],
  'cache-redis': 42,
  'state-redis': true,
  'storage-sqlite': ['Main'],
  'storage-postgres': ['Main'],
};

const postgres = requireService('postgres', import.meta.url);

describe.skipIf(!postgres.available)('the packed packages, installed into an empty project', () => {
  let directory: string;
  let database: TestDatabase;
  let tarballs: ReadonlyMap<string, string>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-consumers-'));
    database = await createTestDatabase();
    tarballs = await packAll(directory);
  }, 120_000);
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await database.drop();
  });

  it('are all used below', () => {
    const names = [...tarballs.keys()].map((name) => name.replace('@postrider/', ''));
    expect(names.toSorted()).toEqual([...Object.keys(used), 'server'].toSorted());
  });

  it('work in ECMAScript modules', async () => {
    const project = await createConsumer({ directory: join(directory, 'esm'), type: 'module', tarballs });
    expect(await project.run('consume.mjs', [join(directory, 'esm.db'), database.url, 'esm'])).toEqual(used);
  });

  it('bring the command of operators', async () => {
    const project = await createConsumer({ directory: join(directory, 'command'), type: 'module', tarballs });
    expect(await project.command(['config', 'check'])).toContain('The configuration is right');
  });

  it('work in CommonJS', async () => {
    const project = await createConsumer({ directory: join(directory, 'cjs'), type: 'commonjs', tarballs });
    expect(await project.run('consume.cjs', [join(directory, 'cjs.db'), database.url, 'cjs'])).toEqual(used);
  });

  it('work in NestJS', async () => {
    const others = ['@nestjs/common', '@nestjs/core', '@nestjs/terminus', 'reflect-metadata', 'rxjs'];
    const project = await createConsumer({ directory: join(directory, 'nest'), type: 'module', tarballs, others });
    const nest = { analytics: 1, cache: 42, health: true, metrics: 7, resilience: true };
    expect(await project.run('consume-in-nest.mjs')).toEqual(nest);
  });
});
