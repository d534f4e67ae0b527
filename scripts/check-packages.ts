/**
 * Packs every published package as `pnpm publish` would and judges the tarball: what is in it, whether its exports
 * and types resolve, and whether both `import` and `require` load it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listEntryPoints, listPublishedPackages, root, type WorkspacePackage } from './workspace.ts';

const execute = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

const directory = mkdtempSync(join(tmpdir(), 'postrider-pack-'));
const problems: string[] = [];
try {
  for (const found of listPublishedPackages()) problems.push(...(await checkPackage(found)));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

async function checkPackage({ folder, manifest }: WorkspacePackage): Promise<string[]> {
  const cwd = join(root, folder);
  const pack = await execute('pnpm', ['pack', '--json', '--pack-destination', directory], { cwd });
  const packed = JSON.parse(pack.stdout) as Packed;
  const files = packed.files.map(({ path }) => path);
  const missing = ['README.md', 'LICENSE']
    .filter((file) => !files.includes(file))
    .map((file) => `${folder}: ${file} is missing from the package`);
  const stray = files
    .filter((file) => file.startsWith('src/') || /\.test(-d)?\./.test(file) || file.endsWith('.tsbuildinfo'))
    .map((file) => `${folder}: ${file} must not be published`);
  const orphaned = files
    .filter((file) => file.startsWith('dist/') && file.endsWith('.js') && !existsSync(join(cwd, toSource(file))))
    .map((file) => `${folder}: ${file} has no source any more: delete dist and build again`);
  const entryPoints = listEntryPoints(manifest);
  const unbuilt = entryPoints
    .flatMap(({ types, code }) => [types, code])
    .filter((file) => !files.includes(file.replace('./', '')))
    .map((file) => `${folder}: exports name ${file}, which is not in the package`);
  const tools = await Promise.all([
    complaint(folder, 'publint', ['exec', 'publint', 'run', packed.filename, '--strict']),
    complaint(folder, 'attw', ['exec', 'attw', packed.filename, '--profile', 'esm-only', '--no-definitely-typed']),
    ...entryPoints.map(({ code }) => loadBothWays(folder, code)),
  ]);
  return [...missing, ...stray, ...orphaned, ...unbuilt, ...tools.flat()];
}

function toSource(file: string): string {
  return file.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
}

async function complaint(folder: string, tool: string, command: readonly string[]): Promise<string[]> {
  try {
    await execute('pnpm', command, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } });
    return [];
  } catch (error) {
    return [`${folder}: ${tool} complains:\n${outputOf(error)}`];
  }
}

/** Both module systems must load an entry point; a suite for a test runner may only load inside that runner. */
async function loadBothWays(folder: string, code: string): Promise<string[]> {
  if (code.includes('/testing/')) return [];
  const path = JSON.stringify(join(root, folder, code));
  const script = `require(${path}); import(${path}).catch((error) => { console.error(error); process.exit(1); });`;
  try {
    await execute(process.execPath, ['--input-type=commonjs', '-e', script]);
    return [];
  } catch (error) {
    return [`${folder}: ${code} does not load:\n${outputOf(error)}`];
  }
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  return `${stdout}${stderr}`.trim() || String(error);
}
