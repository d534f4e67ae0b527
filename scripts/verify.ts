/**
 * Every static check of the repository, all of them even if one fails. Each is a script of its own in package.json;
 * `--fix` first writes what can be written: formats, lint fixes, manifest order and API reports.
 */
import { execFile } from 'node:child_process';
import { root } from './workspace.ts';

/** In groups: the checks of a group only read what earlier groups wrote, so they may run side by side. */
const groups: readonly (readonly string[])[] = [
  ['types'],
  ['format', 'lint', 'unused', 'manifests', 'licences', 'docs', 'dashboards', 'openapi'],
  ['packages', 'api'],
];
const fixes = ['fix:manifests', 'fix:lint', 'fix:api', 'fix:dashboards', 'fix:format'];

/** How many checks passed, and which failed. */
export interface Verdict {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** Runs every check and prints the output of those that fail. */
export async function verify(): Promise<Verdict> {
  const failed: string[] = [];
  for (const group of groups) {
    const results = await Promise.all(group.map(async (name) => ({ name, passed: await runScript(`verify:${name}`) })));
    failed.push(...results.filter(({ passed }) => !passed).map(({ name }) => `verify:${name}`));
  }
  return { passed: groups.flat().length - failed.length, failed };
}

async function runScript(name: string): Promise<boolean> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
    execFile('pnpm', ['--silent', 'run', name], options, (error, stdout, stderr) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${error === null ? '✓' : '✗'} ${name} (${seconds} s)`);
      if (error !== null) console.log(`${stdout}${stderr}`.trim().replaceAll(/^/gm, '    '));
      resolve(error === null);
    });
  });
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--fix')) for (const name of fixes) await runScript(name);
  const { passed, failed } = await verify();
  console.log(
    `${String(passed)} checks passed, ${String(failed.length)} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
