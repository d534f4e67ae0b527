import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retiredErrorCodes, type ErrorCodeInfo } from '@postrider/core';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface DeclaredCode extends ErrorCodeInfo {
  readonly code: string;
  readonly package: string;
}

function isCodes(value: unknown): value is Readonly<Record<string, ErrorCodeInfo>> {
  if (typeof value !== 'object' || value === null) return false;
  const infos = Object.values(value);
  return (
    infos.length > 0 && infos.every((info: unknown) => typeof info === 'object' && info !== null && 'retryable' in info)
  );
}

/** What every `errors.ts` of the workspace declares with `defineErrorCodes`. */
async function readDeclaredCodes(): Promise<readonly DeclaredCode[]> {
  const files = globSync(['packages/*/src/**/errors.ts', 'plugins/*/src/**/errors.ts', 'apps/*/src/**/errors.ts'], {
    cwd: root,
  });
  const declared: DeclaredCode[] = [];
  for (const file of files.sort()) {
    const path = join(root, file);
    if (!readFileSync(path, 'utf8').includes('defineErrorCodes({')) continue;
    const manifestPath = join(root, file.split('/').slice(0, 2).join('/'), 'package.json');
    const { name } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { readonly name: string };
    const module = (await import(path)) as Readonly<Record<string, unknown>>;
    for (const codes of Object.values(module).filter(isCodes)) {
      for (const [code, info] of Object.entries(codes)) declared.push({ ...info, code, package: name });
    }
  }
  return declared;
}

/** A Markdown table laid out as the formatter does it. */
function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function toPage(codes: readonly DeclaredCode[]): string {
  const sections = [...new Set(codes.map((code) => code.package))].sort().map((name) => {
    const rows = codes
      .filter((code) => code.package === name)
      .sort((left, right) => (left.code < right.code ? -1 : 1))
      .map(({ code, retryable, summary }) => [`\`${code}\``, retryable ? 'yes' : 'no', summary]);
    return `## ${name}\n\n${toTable(['Code', 'Retryable', 'What happened'], rows)}\n`;
  });
  const retired = retiredErrorCodes.map((code) => `\`${code}\``).join(', ');
  return [
    '# Error codes\n',
    'Errors that Postrider throws carry one of these codes in `code`, and say in `retryable` whether the same call may',
    'succeed later without anybody changing anything. Test for them with `isPostriderError(error, code)`. The messages say',
    'what was found, what was expected and what to do; they may change, codes do not.\n',
    ...sections,
    '## Retired codes\n',
    'Used by earlier releases and never given another meaning.\n',
    `${retired === '' ? 'None yet.' : retired}\n`,
  ].join('\n');
}

describe('error codes', async () => {
  const declared = await readDeclaredCodes();

  it('are documented, each with what it means and whether to retry (update the page with vitest -u)', async () => {
    await expect(toPage(declared)).toMatchFileSnapshot(join(root, 'docs/reference/errors.md'));
  });

  it('belong to one package each, and are not retired ones', () => {
    const codes = declared.map(({ code }) => code);
    expect(codes).toContain('STORAGE_UNAVAILABLE');
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => retiredErrorCodes.includes(code))).toEqual([]);
  });

  it('name an area and a reason, with a sentence about it', () => {
    for (const { code, summary } of declared) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
      expect(summary).toMatch(/^[A-Z`].+\.$/);
    }
  });
});
