import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { PackageUnit } from './check-architecture.ts';
import { scanSource, type ScannedUnit } from './source-scan.ts';

/** The folder of the repository. */
export const repositoryRoot = dirname(dirname(import.meta.dirname));

interface Manifest {
  readonly name: string;
  readonly postrider?: { readonly role?: string };
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A workspace package with what it needs at run time. */
export interface RepositoryPackage extends PackageUnit {
  readonly runtimeDependencies: readonly string[];
}

/** Every package of the workspace except the root. */
export function readPackages(): readonly RepositoryPackage[] {
  const patterns = ['{packages,plugins,apps,examples}/*/package.json', '{test,bench,test/support}/package.json'];
  return findFiles(patterns).map((file) => {
    const manifest = JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8')) as Manifest;
    return {
      name: manifest.name,
      folder: posix.dirname(file),
      role: manifest.postrider?.role,
      exportKeys: Object.keys(manifest.exports ?? {}),
      runtimeDependencies: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
    };
  });
}

/** Every TypeScript file of the workspace. */
export function scanRepository(): readonly ScannedUnit[] {
  return findFiles(['{packages,plugins,apps,examples}/*/**/*.{ts,tsx}', '{test,bench}/**/*.ts']).map((path) =>
    scanSource({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }),
  );
}

function findFiles(patterns: readonly string[]): readonly string[] {
  const exclude = ['**/node_modules/**', '**/dist/**', '**/generated/**'];
  return globSync(patterns, { cwd: repositoryRoot, exclude })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}
