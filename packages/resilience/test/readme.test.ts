import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const packageFolder = join(import.meta.dirname, '..');
const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/^## (?<title>.+)\n[^#]*?```(?:ts|typescript)\n(?<code>[\s\S]*?)```/gm)].map(
  ({ groups }) => ({
    title: groups?.['title'] ?? '',
    code: groups?.['code'] ?? '',
  }),
);

describe('the README', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(packageFolder, 'test/.readme-'))));
  afterAll(async () => rm(folder, { recursive: true }));

  it('has an example for every example block', () => {
    expect(examples).toHaveLength(readme.split(/```(?:ts|typescript)\n/).length - 1);
  });

  it.each(examples)('prints what it says: $title', async ({ title, code }) => {
    const outputs = code.matchAll(/(?:console\.log\(.*; |^)\/\/ (?<output>.+)$/gm);
    const expected = [...outputs].map(({ groups }) => groups?.['output']);
    expect(expected).not.toHaveLength(0);

    const printed: unknown[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
    try {
      const file = join(folder, `${title.toLowerCase().replaceAll(' ', '-')}.ts`);
      const source = (entry: string): string => JSON.stringify(join(packageFolder, 'src', entry));
      const here = code
        .replaceAll("'@postrider/resilience'", source('index.ts'))
        .replaceAll("'@postrider/resilience/nestjs'", source('nestjs/index.ts'));
      await writeFile(file, here);
      await import(file);
    } finally {
      log.mockRestore();
    }
    expect(printed).toEqual(expected);
  });
});
