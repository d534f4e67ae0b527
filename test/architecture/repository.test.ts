import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackages, repositoryRoot, scanRepository } from './repository.ts';

describe('the repository', () => {
  const units = scanRepository();

  it('names no registry in the lockfile, so that it installs from any', () => {
    const lockfile = readFileSync(join(repositoryRoot, 'pnpm-lock.yaml'), 'utf8');
    expect(lockfile.split('\n').filter((line) => /https?:\/\//.test(line))).toEqual([]);
  });

  it('switches no check off in a comment', () => {
    // Split, so that this file does not find itself.
    const switches = new RegExp(['@ts-', 'ignore|@ts-', 'nocheck|(?:eslint|oxlint)-', 'disable'].join(''));
    expect(units.filter(({ text }) => switches.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('names tests .test.ts', () => {
    expect(units.filter(({ path }) => /\.spec\.|__tests__/.test(path)).map(({ path }) => path)).toEqual([]);
  });

  it('builds every package with one command', () => {
    const solution = readFileSync(join(repositoryRoot, 'tsconfig.json'), 'utf8');
    const built = readPackages().filter(({ folder }) => /^(packages|plugins|apps)\//.test(folder));
    expect(built.filter(({ folder }) => !solution.includes(`"path": "${folder}"`))).toEqual([]);
  });
});
