/**
 * Every production dependency of every workspace package has a licence that lets adopters do what they like with the
 * image and the packages. Reads the bill of materials that `pnpm sbom` makes from the lockfile and what is installed.
 */
import { execFileSync } from 'node:child_process';
import { root } from './workspace.ts';

/** SPDX identifiers of permissive licences: they ask for attribution at most. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly license?: { readonly id?: string }; readonly expression?: string }[];
}

const components = listComponents();
const problems = components.flatMap((component) => {
  const found = (component.licenses ?? []).map(({ license, expression }) => license?.id ?? expression ?? 'unnamed');
  const accepted = found.length > 0 && found.every(isPermissive);
  return accepted ? [] : [`${nameOf(component)}: found ${found.join(', ') || 'no licence'}, expected a permissive one`];
});
if (components.length === 0) problems.push('pnpm sbom listed nothing: run pnpm install first');
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function listComponents(): readonly Component[] {
  const text = execFileSync('pnpm', ['--silent', 'sbom', '--sbom-format', 'cyclonedx', '--prod'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(text) as { components?: readonly Component[] }).components ?? [];
}

/** One alternative of an `OR` is enough; every part of an `AND` must do. */
function isPermissive(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((id) => permissive.has(id.trim())));
}

function nameOf({ group, name, version }: Component): string {
  return `${group === undefined ? '' : `${group}/`}${name}@${version}`;
}
