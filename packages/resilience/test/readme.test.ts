import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const packageFolder = join(import.meta.dirname, '..');
const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/^## (?<title>.+)\n[^#]*?```ts\n(?<code>[\s\S]*?)```/gm)].map(({ groups }) => ({
  title: groups?.['title'] ?? '',
  code: groups?.['code'] ?? '',
}));

describe('the README', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'postrider-readme-'))));
  afterAll(async () => rm(folder, { recursive: true }));

  it('has an example for every example block', () => {
    expect(examples).toHaveLength(readme.split('```ts\n').length - 1);
  });

  it.each(examples)('prints what it says: $title', async ({ title, code }) => {
    const outputs = code.matchAll(/(?:console\.log\(.*; |^)\/\/ (?<output>.+)$/gm);
    const expected = [...outputs].map(({ groups }) => groups?.['output']);
    expect(expected).not.toHaveLength(0);

    const printed: unknown[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
    try {
      const file = join(folder, `${title.toLowerCase().replaceAll(' ', '-')}.ts`);
      const source = JSON.stringify(join(packageFolder, 'src/index.ts'));
      await writeFile(file, code.replaceAll("'@postrider/resilience'", source));
      await import(file);
    } finally {
      log.mockRestore();
    }
    expect(printed).toEqual(expected);
  });
});
