import { olderNames, whyUnsupported } from './sdk-methods.js';

export interface SdkTableParams {
  /** Methods of each SDK version. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** Methods that a case shows to work. */
  readonly covered: ReadonlySet<string>;
}

const head = `# Compatibility with the Svix SDKs

Every method of the npm package \`svix\`, in its two current major versions. "Works" means that a test calls the method
against the real server, on SQLite and on PostgreSQL. The SDKs of other languages make the same requests.

Written by \`npx vitest run compatibility/table -u\` in \`test/\`; do not edit.
`;

/** What is said of a method; `undefined` when nobody decided about it. */
export function statusOf(method: string, covered: ReadonlySet<string>): string | undefined {
  if (covered.has(method)) return 'works';
  const newer = olderNames[method];
  if (newer !== undefined && covered.has(newer)) return `works, as \`${newer}\``;
  return whyUnsupported(method);
}

/** The page that tells which methods work. */
export function sdkTable({ versions, covered }: SdkTableParams): string {
  const names = Object.keys(versions);
  const methods = [...new Set(Object.values(versions).flat())].toSorted();
  const rows = methods.map((method) => [
    `\`${method}\``,
    ...names.map((name) => (versions[name]?.includes(method) === true ? 'yes' : '')),
    statusOf(method, covered) ?? 'not decided',
  ]);
  const works = rows.filter((row) => row.at(-1)?.startsWith('works') === true).length;
  return `${head}\n${works} of ${rows.length} methods work.\n\n${toMarkdown([['method', ...names, 'here'], ...rows])}\n`;
}

function toMarkdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = rows;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
