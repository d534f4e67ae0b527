import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository. */
export const root = dirname(import.meta.dirname);

/** The fields of a package.json that our checks read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly postrider?: { readonly role?: string };
  readonly exports?: Readonly<Record<string, string | { readonly types?: string; readonly default?: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A workspace package and its folder, relative to the root and with forward slashes. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace except the root, in order of folder. */
export function listPackages(): readonly WorkspacePackage[] {
  return globSync(['{packages,plugins,apps,examples}/*/package.json', '{test,bench,test/support}/package.json'], {
    cwd: root,
  })
    .toSorted()
    .map((file) => ({
      folder: dirname(file).replaceAll('\\', '/'),
      manifest: JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest,
    }));
}

/** The packages that go to npm. */
export function listPublishedPackages(): readonly WorkspacePackage[] {
  return listPackages().filter(({ manifest }) => manifest.private !== true);
}

/** The entry points of a package that carry code: export key and the two files behind it. */
export function listEntryPoints(manifest: Manifest): readonly { key: string; types: string; code: string }[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([key, target]) =>
    typeof target === 'object' ? [{ key, types: target.types ?? '', code: target.default ?? '' }] : [],
  );
}
