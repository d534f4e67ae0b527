import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

const packageFolder = join(import.meta.dirname, '..');
const sources: Readonly<Record<string, string>> = {
  "'@postrider/core'": join(packageFolder, 'node_modules/@postrider/core/dist/index.js'),
  "'@postrider/core/testing'": join(packageFolder, 'node_modules/@postrider/core/dist/testing/index.js'),
  "'@postrider/delivery'": join(packageFolder, 'src/index.ts'),
};

it('the example of the README prints what it says', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  let example = /```ts\n(?<code>[\s\S]*?)```/.exec(readme)?.groups?.['code'] ?? '';
  const expected = [...example.matchAll(/console\.log\(.*; \/\/ (?<output>.+)$/gm)].map(
    (match) => match.groups?.['output'],
  );
  expect(expected).toHaveLength(3);
  for (const [name, path] of Object.entries(sources)) example = example.replaceAll(name, JSON.stringify(path));

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
  }
  // The receiver answers on its own time: its line may come before or after the one of the publish.
  expect(new Set(printed)).toEqual(new Set(expected));
});
