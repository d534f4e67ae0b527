import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkArchitecture, type PackageUnit, type Violation } from './check-architecture.ts';
import { findCycles } from './find-cycles.ts';
import { readPackages, scanRepository } from './repository.ts';
import { scanSource, type ScannedUnit } from './source-scan.ts';

describe('this repository', () => {
  const packages = readPackages();
  const units = scanRepository();

  it('is seen by the rules', () => {
    expect(packages.map(({ name }) => name)).toContain('@postrider/core');
    expect(units.map(({ path }) => path)).toContain('packages/core/src/index.ts');
  });

  it('keeps the import rules', () => {
    expect(checkArchitecture(units, packages).map(({ at, message }) => `${at} ${message}`)).toEqual([]);
  });

  it('has no cycle between packages', () => {
    const names = new Set(packages.map(({ name }) => name));
    const graph = new Map(
      packages.map(({ name, runtimeDependencies }) => [name, runtimeDependencies.filter((found) => names.has(found))]),
    );
    expect(findCycles(graph)).toEqual([]);
  });

  it('has no cycle between files', () => {
    expect(findCycles(fileGraph(units))).toEqual([]);
  });
});

describe('the import rules', () => {
  it.each<[rule: Violation['rule'], path: string, code: string]>([
    ['role', 'packages/core/src/a.ts', `import { nextRetry } from '@postrider/resilience';`],
    ['role', 'packages/core/src/a.ts', `import type { RetryDecision } from '@postrider/resilience';`],
    ['role', 'packages/cache/src/a.ts', `import { Metrics } from '@postrider/metrics';`],
    ['role', 'packages/delivery/src/a.ts', `import type { x } from '@postrider/storage-postgres';`],
    ['role', 'packages/delivery/src/a.ts', `export { x } from '@postrider/storage-postgres';`],
    ['role', 'packages/delivery/src/a.ts', `const x = await import('@postrider/storage-postgres');`],
    ['role', 'packages/delivery/src/a.ts', `type X = import('@postrider/storage-postgres').X;`],
    ['role', 'plugins/storage-postgres/src/a.ts', `import '@postrider/cache';`],
    ['role', 'plugins/storage-postgres/src/a.ts', `import '@postrider/delivery';`],
    ['role', 'plugins/storage-postgres/src/a.ts', `import '@postrider/cache-redis';`],
    ['role', 'plugins/storage-postgres/src/a.ts', `import '@postrider/test-support';`],
    ['role', 'packages/core/src/a.test.ts', `import '@postrider/server';`],
    ['types-only', 'packages/delivery/src/a.ts', `import { Metrics } from '@postrider/metrics';`],
    ['types-only', 'packages/delivery/src/a.ts', `import { type A, Metrics } from '@postrider/metrics';`],
    ['types-only', 'packages/delivery/src/a.ts', `import * as metrics from '@postrider/metrics';`],
    ['deep-path', 'apps/server/src/a.ts', `import { x } from '@postrider/core/src/ids.js';`],
    ['deep-path', 'plugins/cache-redis/src/a.ts', `import { x } from '@postrider/core/dist/ids.js';`],
    ['leaves-package', 'packages/delivery/src/a.ts', `import { x } from '../../core/src/ids.js';`],
    ['testing-in-production', 'packages/delivery/src/a.ts', `import { FakeClock } from '@postrider/core/testing';`],
    ['testing-in-production', 'packages/core/src/a.ts', `import { FakeClock } from './testing/fake-clock.js';`],
    ['nestjs', 'packages/cache/src/a.ts', `import { Module } from '@nestjs/common';`],
    ['nestjs', 'plugins/cache-redis/src/nestjs/a.ts', `import { Module } from '@nestjs/common';`],
    ['driver', 'packages/delivery/src/a.ts', `import { Pool } from 'pg';`],
    ['driver', 'packages/core/src/a.ts', `import type { DataSource } from 'typeorm';`],
    ['driver', 'packages/cache/src/a.ts', `import { createClient } from 'redis';`],
    ['construct', 'packages/core/src/a.ts', `export * from './ids.js';`],
    ['construct', 'apps/server/src/a.ts', `export * as ids from './ids.js';`],
    ['construct', 'packages/core/src/a.ts', `const at = new Date();`],
    ['construct', 'packages/core/src/a.ts', `const port = process.env.PORT;`],
    ['construct', 'plugins/cache-redis/src/a.ts', `process.exit(1);`],
    ['construct', 'plugins/cache-redis/src/a.ts', `process.on('SIGTERM', stop);`],
  ])('refuse, as %s, in %s: %s', (rule, path, code) => {
    expect(check(path, code)).toEqual([rule]);
  });

  it.each<[path: string, code: string]>([
    ['packages/cache/src/a.ts', `import { Clock } from '@postrider/core';`],
    ['packages/delivery/src/a.ts', `import type { Metrics } from '@postrider/metrics';`],
    ['packages/delivery/src/a.ts', `import { type Metrics, type Gauge } from '@postrider/metrics';`],
    ['packages/delivery/src/a.test.ts', `import { FakeClock } from '@postrider/core/testing';`],
    ['packages/delivery/src/testing/a.ts', `import { FakeClock } from '@postrider/core/testing';`],
    ['packages/core/src/a.test.ts', `import { FakeClock } from './testing/fake-clock.js';`],
    ['packages/core/src/adapters/system-clock.ts', `const at = new Date();`],
    ['packages/core/src/a.ts', `const at = new Date(0);`],
    ['packages/cache/src/nestjs/a.ts', `import { Module } from '@nestjs/common';`],
    [
      'plugins/cache-redis/src/a.ts',
      `import { Cache } from '@postrider/cache';\nimport { createClient } from 'redis';`,
    ],
    [
      'plugins/storage-postgres/test/a.integration.test.ts',
      `import { requireService } from '@postrider/test-support';`,
    ],
    ['apps/server/src/a.ts', `import '@postrider/storage-postgres';\nprocess.exit(Number(process.env.CODE));`],
    ['test/e2e/a.test.ts', `import { FakeClock } from '@postrider/core/testing';`],
  ])('accept in %s: %s', (path, code) => {
    expect(check(path, code)).toEqual([]);
  });

  it('refuse a package without a known role', () => {
    const packages = [{ name: '@postrider/x', folder: 'packages/x', role: 'misc', exportKeys: [] }];
    expect(checkArchitecture([], packages)).toMatchObject([{ rule: 'unknown-role', at: 'packages/x/package.json' }]);
  });
});

describe('the search for cycles', () => {
  it('finds a cycle of files, and forgives one of types', () => {
    const a = scanSource({ path: 'packages/x/src/a.ts', text: `import { b } from './b.js';` });
    const value = scanSource({ path: 'packages/x/src/b.ts', text: `export { a } from './a.js';` });
    const type = scanSource({ path: 'packages/x/src/b.ts', text: `import type { A } from './a.js';` });
    expect(findCycles(fileGraph([a, value]))).toEqual([[a.path, value.path, a.path]]);
    expect(findCycles(fileGraph([a, type]))).toEqual([]);
  });

  it('tells a cycle from a diamond', () => {
    const diamond = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    expect(findCycles(diamond)).toEqual([]);
  });
});

const fixturePackages: readonly PackageUnit[] = [
  { name: '@postrider/core', folder: 'packages/core', role: 'core', exportKeys: ['.', './testing'] },
  { name: '@postrider/resilience', folder: 'packages/resilience', role: 'resilience', exportKeys: ['.'] },
  { name: '@postrider/cache', folder: 'packages/cache', role: 'cache', exportKeys: ['.', './nestjs'] },
  { name: '@postrider/metrics', folder: 'packages/metrics', role: 'metrics', exportKeys: ['.'] },
  { name: '@postrider/delivery', folder: 'packages/delivery', role: 'delivery', exportKeys: ['.'] },
  { name: '@postrider/storage-postgres', folder: 'plugins/storage-postgres', role: 'plugin', exportKeys: ['.'] },
  { name: '@postrider/cache-redis', folder: 'plugins/cache-redis', role: 'plugin', exportKeys: ['.'] },
  { name: '@postrider/server', folder: 'apps/server', role: 'app', exportKeys: ['.'] },
  { name: '@postrider/test', folder: 'test', role: 'test', exportKeys: [] },
  { name: '@postrider/test-support', folder: 'test/support', role: 'test', exportKeys: ['.'] },
];

function check(path: string, code: string): readonly Violation['rule'][] {
  return checkArchitecture([scanSource({ path, text: code })], fixturePackages).map(({ rule }) => rule);
}

function fileGraph(units: readonly ScannedUnit[]): Map<string, readonly string[]> {
  return new Map(
    units.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, isTypeOnly }) => specifier.startsWith('.') && !isTypeOnly)
        .map(({ specifier }) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')),
    ]),
  );
}
