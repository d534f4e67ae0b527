import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));

/** A package that goes to npm, and its folder. */
export interface PublishedPackage {
  readonly folder: string;
  readonly manifest: {
    readonly name: string;
    readonly private?: boolean;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
}

/** Every package that goes to npm, in order of folder. */
export function listPublishedPackages(): readonly PublishedPackage[] {
  return globSync('{packages,plugins,apps}/*/package.json', { cwd: root })
    .toSorted()
    .map((file) => ({
      folder: join(root, dirname(file)),
      manifest: JSON.parse(readFileSync(join(root, file), 'utf8')) as PublishedPackage['manifest'],
    }))
    .filter(({ manifest }) => manifest.private !== true);
}
