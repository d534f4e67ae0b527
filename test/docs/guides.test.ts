/** Every command, variable and path that the guides name is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = dirname(dirname(import.meta.dirname));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Block {
  readonly guide: string;
  readonly command: string;
}

/** The commands of every shell block, those of several lines as one. */
const commands: readonly Block[] = globSync('docs/guides/*.md', { cwd: root }).flatMap((guide) =>
  [...read(guide).matchAll(/^ *```sh\n(.*?)^ *```/gms)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((command) => ({ guide, command })),
  ),
);

function those(pattern: RegExp): readonly Block[] {
  return commands.filter(({ command }) => pattern.test(command));
}

/** Commands of `postrider` with their options, from the reference that is generated from the command itself. */
const known = new Map(
  read('docs/reference/cli.md')
    .split(/^## /m)
    .flatMap((section) => {
      const [, path = ''] = /^`postrider ([a-z -]+?)(?: <.*)?`/.exec(section) ?? [];
      const options = [...section.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option = '']) => option);
      return path === '' ? [] : [[path, options] as const];
    }),
);

const variables = new Set(
  [...read('docs/reference/configuration.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name),
);

describe('the guides', () => {
  it('call commands of postrider that exist, with options that they have', () => {
    expect(known.size).toBeGreaterThan(15);
    const calls = those(/\bpostrider (?!-)[a-z]/).flatMap(({ guide, command }) =>
      [...command.replace(/^docker exec postrider /, '').matchAll(/^postrider ((?:[a-z-]+)(?: [a-z-]+)?)( .*)?$/g)].map(
        ([, words = '', rest = '']) => ({
          guide,
          words,
          options: rest.match(/--[a-z-]+/g) ?? [],
        }),
      ),
    );
    expect(calls.length).toBeGreaterThan(25);
    const wrong = calls.filter(({ words, options }) => {
      const own = known.get(words) ?? known.get(words.split(' ')[0] ?? '');
      return own === undefined || options.some((option) => !own.includes(option));
    });
    expect(wrong).toEqual([]);
  });

  it('set and name variables that exist', () => {
    const named = globSync('docs/guides/*.md', { cwd: root }).flatMap((guide) =>
      [...read(guide).matchAll(/\b(?:POSTRIDER|WEBHOOK)_[A-Z0-9_]+\b/g)].map(([name]) => ({ guide, name })),
    );
    expect(named.length).toBeGreaterThan(40);
    const others = new Set(['POSTRIDER_DOMAIN']);
    const unknown = named.filter(({ name }) => !others.has(name) && !variables.has(name.replace(/_FILE$/, '')));
    expect(unknown).toEqual([]);
  });

  it('use files of the repository that exist', () => {
    const used = commands.flatMap(({ guide, command }) =>
      [...command.matchAll(/(?:^|[\s=])((?:docker|examples|apps)\/[\w./-]+)/g)].map(([, path = '']) => ({
        guide,
        path,
      })),
    );
    expect(used.length).toBeGreaterThan(8);
    // What a build makes is not there before it.
    expect(used.filter(({ path }) => !path.includes('/dist/') && !existsSync(join(root, path)))).toEqual([]);
  });

  it('call services of the compose files and routes of the API that exist', () => {
    const files = globSync('docker/compose*.yaml', { cwd: root });
    const services = new Set(
      files.flatMap((path) => Object.keys((parse(read(path)) as { services: object }).services)),
    );
    const called = those(/docker compose .*(?:logs|exec -T|--scale) /).flatMap(({ command }) => {
      const [, service = ''] = /(?:logs|exec -T|--scale) ([a-z]+)/.exec(command) ?? [];
      return service;
    });
    expect(called.length).toBeGreaterThan(2);
    expect(called.filter((service) => !services.has(service))).toEqual([]);
    const { paths } = JSON.parse(read('docs/reference/openapi.json')) as { paths: Record<string, unknown> };
    const routes = globSync('docs/guides/*.md', { cwd: root }).flatMap((guide) =>
      [...read(guide).matchAll(/\/api\/v1(\/[\w/{}-]+)/g)].map(([path]) => ({ guide, path })),
    );
    expect(routes.length).toBeGreaterThan(5);
    // What a parameter is called is the reader's business.
    const unnamed = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');
    const served = new Set(Object.keys(paths).map(unnamed));
    expect(routes.filter(({ path }) => !served.has(unnamed(path)))).toEqual([]);
  });

  it('give the chart values that it has', () => {
    const values = parse(read('docker/helm/postrider/values.yaml')) as Record<string, unknown>;
    const given = those(/^helm /).flatMap(({ command }) =>
      [...command.matchAll(/--set(?:-json)? '?([A-Za-z.]+)=/g)].map(([, path = '']) => path),
    );
    expect(given.length).toBeGreaterThan(3);
    const lookUp = (path: string): unknown =>
      path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values);
    expect(given.filter((path) => lookUp(path) === undefined)).toEqual([]);
    // The keys of the Secrets that the guide makes are those that the chart looks for.
    const keys = those(/^kubectl create secret/).map(({ command }) => /--from-literal=([\w-]+)=/.exec(command)?.[1]);
    expect(keys).toEqual([lookUp('database.key'), lookUp('secrets.key')]);
  });
});
