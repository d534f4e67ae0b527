import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listPublishedPackages } from './published-packages.ts';

const execute = promisify(execFile);

/** Every published package as a tarball, by name, made as `pnpm publish` makes it. */
export async function packAll(directory: string): Promise<ReadonlyMap<string, string>> {
  const packed = await Promise.all(
    listPublishedPackages().map(async ({ folder, manifest }) => {
      const command = ['pack', '--json', '--pack-destination', directory];
      const { stdout } = await execute('pnpm', command, { cwd: folder });
      return [manifest.name, (JSON.parse(stdout) as { filename: string }).filename] as const;
    }),
  );
  return new Map(packed);
}

export interface ConsumerProject {
  /** Runs one of the fixtures there and returns what it printed, parsed. */
  run(fixture: string, options?: readonly string[]): Promise<unknown>;
  /** Runs `postrider` there and returns what it printed. */
  command(options: readonly string[]): Promise<string>;
}

/**
 * A new project outside the workspace, in which our tarballs are installed without the network: everything else comes
 * from where the workspace has installed it.
 */
export async function createConsumer(params: {
  directory: string;
  type: 'module' | 'commonjs';
  tarballs: ReadonlyMap<string, string>;
  /** What the project depends on beside our packages. */
  others?: readonly string[];
}): Promise<ConsumerProject> {
  const { directory, type, tarballs, others = [] } = params;
  mkdirSync(directory, { recursive: true });
  const own = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
  const dependencies = { ...own, ...Object.fromEntries(others.map((name) => [name, linkTo(name)])) };
  const overrides = {
    ...own,
    ...Object.fromEntries([...thirdParties(), ...others].map((name) => [name, linkTo(name)])),
  };
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type, dependencies }),
  );
  writeFileSync(
    join(directory, 'pnpm-workspace.yaml'),
    JSON.stringify({ packages: ['.'], pmOnFail: 'ignore', overrides }),
  );
  const command = [
    'install',
    '--offline',
    '--ignore-scripts',
    '--no-frozen-lockfile',
    '--store-dir',
    join(directory, '.store'),
  ];
  await execute('pnpm', command, { cwd: directory });
  cpSync(join(import.meta.dirname, 'fixtures'), directory, { recursive: true });
  return {
    async run(fixture, options = []) {
      const { stdout } = await execute(process.execPath, [fixture, ...options], { cwd: directory });
      return JSON.parse(stdout) as unknown;
    },
    async command(options) {
      const { stdout } = await execute(join(directory, 'node_modules/.bin/postrider'), options, { cwd: directory });
      return stdout;
    },
  };
}

/** What our packages depend on at run time and is not ours. */
function thirdParties(): ReadonlySet<string> {
  const names = listPublishedPackages().flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}));
  return new Set(names.filter((name) => !name.startsWith('@postrider/')));
}

/** Where the workspace has the package, as a dependency that needs no registry. */
function linkTo(name: string): string {
  const owner = listPublishedPackages().find(({ manifest }) =>
    [manifest.dependencies, manifest.devDependencies].some((list) => list !== undefined && Object.hasOwn(list, name)),
  );
  if (owner === undefined) throw new Error(`No published package depends on ${name}.`);
  return `link:${realpathSync(join(owner.folder, 'node_modules', name))}`;
}
