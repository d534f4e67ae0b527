import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, requireService } from '@postrider/test-support';
import { expect, it, vi } from 'vitest';
import { postgresStorageConfig } from '../src/config.js';

const postgres = requireService('postgres', import.meta.url);
const packageFolder = join(import.meta.dirname, '..');
const readReadme = (): Promise<string> => readFile(join(packageFolder, 'README.md'), 'utf8');

it.skipIf(!postgres.available)('the example of the README prints what it says', async () => {
  const database = await createTestDatabase();
  const sources = {
    "'@postrider/core'": join(packageFolder, 'node_modules/@postrider/core/dist/index.js'),
    "'@postrider/storage-postgres'": join(packageFolder, 'src/index.ts'),
    "'postgres://postgres@127.0.0.1:5432/postgres'": database.url,
  };
  let example = /```ts\n(?<code>[\s\S]*?)```/.exec(await readReadme())?.groups?.['code'] ?? '';
  const expected = [...example.matchAll(/console\.log\(.*; \/\/ (?<output>.+)$/gm)].map(
    (match) => match.groups?.['output'],
  );
  expect(expected).toHaveLength(2);
  for (const [name, value] of Object.entries(sources)) example = example.replaceAll(name, JSON.stringify(value));

  const printed: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  const folder = await mkdtemp(join(tmpdir(), 'postrider-readme-'));
  try {
    const file = join(folder, 'example.ts');
    await writeFile(file, example);
    await import(file);
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
    await database.drop();
  }
  expect(printed).toEqual(expected);
});

it('the table of the README lists the options with their defaults', async () => {
  const readme = await readReadme();
  const table = readme.slice(readme.indexOf('## Options'), readme.indexOf('## Capabilities'));
  const documented = [...table.matchAll(/^\| `(?<name>\w+)` *\|[^|]*\| (?<value>\S+) *\|/gm)].map(({ groups }) => [
    groups?.['name'],
    groups?.['value']?.replaceAll('`', ''),
  ]);
  const defaults = postgresStorageConfig.parse({ url: 'postgres://127.0.0.1/test' });
  const known: Readonly<Record<string, string>> = { url: 'required', listenUrl: 'url' };
  const actual = Object.keys(postgresStorageConfig.shape).map((name) => [
    name,
    known[name] ?? String(defaults[name as keyof typeof defaults]),
  ]);
  expect(documented).toEqual(actual);
});
