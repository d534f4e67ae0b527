import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

const packageFolder = join(import.meta.dirname, '..');

it('the example of the README prints what it says', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const example = /```ts\n(?<code>[\s\S]*?)```/.exec(readme)?.groups?.['code'] ?? '';
  const expected = [...example.matchAll(/console\.log\(.*; \/\/ (?<output>.+)$/gm)].map(
    (match) => match.groups?.['output'],
  );
  expect(expected).toHaveLength(3);

  const printed: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  const folder = await mkdtemp(join(tmpdir(), 'postrider-readme-'));
  try {
    const file = join(folder, 'example.ts');
    await writeFile(file, example.replaceAll("'@postrider/core'", JSON.stringify(join(packageFolder, 'src/index.ts'))));
    await import(file);
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
  expect(printed).toEqual(expected);
});
