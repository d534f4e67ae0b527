/** Checks every Markdown file: relative links and their anchors resolve, and nothing is left to be written. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './workspace.ts';

const files = globSync('**/*.md', {
  cwd: root,
  exclude: ['**/node_modules', '**/dist', '.toolchain', '**/CHANGELOG.md'],
});
const problems = files.flatMap((file) => checkFile(file));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function checkFile(file: string): string[] {
  const prose = withoutCode(readFileSync(join(root, file), 'utf8'));
  const unfinished = /\b(TODO|FIXME|TBD)\b/.exec(prose);
  return [
    ...(unfinished ? [`${file}: "${unfinished[0]}" is not documentation`] : []),
    ...[...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].flatMap((match) => checkLink(file, match[1] ?? '')),
  ];
}

function checkLink(file: string, link: string): string[] {
  if (/^[a-z][a-z0-9+.-]*:/.test(link)) return [];
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(root, file) : resolve(root, dirname(file), decodeURIComponent(path));
  if (!existsSync(target)) return [`${file}: ${link} does not exist`];
  if (anchor === undefined || !target.endsWith('.md')) return [];
  return listAnchors(target).includes(anchor) ? [] : [`${file}: ${link} names a heading that does not exist`];
}

/** The anchors that GitHub gives to the headings of a page. */
function listAnchors(path: string): string[] {
  return [...withoutCode(readFileSync(path, 'utf8')).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^(```+).*?^\1/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code.slice(1, -1)));
}
